"""What a component of the scorecard measures: a share between 0 and 1, how many it was counted over, its interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tanggap.cases.workflow import State
from tanggap.evaluation.figures import Figures

LOWEST_RATING, HIGHEST_RATING = 1, 5


@dataclass(frozen=True, slots=True)
class Measure:
    """A share from 0 to 1, exact, so that equal ones are equal; `n` is what it was counted over.

    Without `n` it is no sample (a decree is there or it is not) and has no interval.
    """

    value: Fraction
    n: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 1:
            raise ValueError(f"a measure lies between 0 and 1, not at {self.value}")

    def interval(self, z: float) -> tuple[float, float]:
        """Where the share may lie; the share itself where it is no sample."""
        part = self.value.numerator / self.value.denominator
        return (part, part) if self.n is None else wilson(part, self.n, z)

    @property
    def reversed(self) -> Measure:
        """The same for a figure of which less is better."""
        return Measure(1 - self.value, self.n)


def wilson(share: float, n: int, z: float) -> tuple[float, float]:
    """The score interval of a share over `n` (Wilson 1927): never outside 0 to 1, nor narrow because n is small.

    For a mean of ratings brought to 0–1 it errs on the safe side: no values between 0 and 1 scatter more than those
    of a yes or no with the same mean.
    """
    if n <= 0:
        return 0.0, 1.0
    square = z * z / n
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * math.sqrt(share * (1 - share) / n + square / (4 * n))
    # Rounding of the last bit must not put the share outside its own interval.
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))


def share(part: int, whole: int) -> Measure | None:
    """A part of a whole; nothing where nothing is divided by."""
    return Measure(Fraction(part, whole), whole) if whole else None


def _satisfaction(f: Figures) -> Measure | None:
    if f.satisfaction_mean is None or not f.satisfaction_n:
        return None
    # The mean of whole ratings: their sum is whole too, and the division exact again.
    above = round(f.satisfaction_mean * f.satisfaction_n) - LOWEST_RATING * f.satisfaction_n
    return Measure(Fraction(above, (HIGHEST_RATING - LOWEST_RATING) * f.satisfaction_n), f.satisfaction_n)


def _open_or_closed(f: Figures) -> int:
    return f.by_state[State.CLOSED] + f.by_state[State.IN_PROGRESS] + f.by_state[State.ANSWERED]


FIGURES: Mapping[str, Callable[[Figures], Measure | None]] = {
    "closed_over_total": lambda f: share(f.by_state[State.CLOSED], f.total),
    "closed_and_in_progress_over_total": lambda f: share(_open_or_closed(f), f.total),
    "closed_over_total_without_archived": lambda f: share(
        f.by_state[State.CLOSED], f.total - f.by_state[State.ARCHIVED]
    ),
    "charged_on_time": lambda f: share(f.charged_on_time, f.charged_n),
    "satisfaction": _satisfaction,
    "promises_kept": lambda f: share(f.promises_kept, f.promises_kept + f.promises_broken),
    "overdue": lambda f: share(f.overdue, f.total),
    "reopened": lambda f: share(f.reopened, f.total),
    "closed_silent": lambda f: share(f.closed_silent, f.total),
    "returned": lambda f: share(f.returned, f.total),
    "forwarded_within_3": lambda f: share(f.forwarded_within_3, f.total),
    "followed_up_within_10": lambda f: share(f.followed_up_within_10, f.total),
}
"""The figures of a report card that a component may weigh, by the name its row gives."""
