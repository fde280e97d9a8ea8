"""What a count usually is, and whether one leaves that range. Pure.

The middle of a series is its median, its width the median distance from it (MAD, scaled to a standard deviation):
half the history may be wrong, by an outage or a wave, and the range stays. Counts vary by chance alone, so the width
is never less than that of a Poisson count of the same middle. A middle known from few values is itself uncertain; the
range is widened for it. Whatever was usual in the same season a year ago is usual now too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Final

WIDTHS: Final = 2.5
"""Half the range in standard deviations: one steady count in about a hundred leaves it at the top."""
TO_DEVIATION: Final = 1.4826
"""From the MAD to the standard deviation of a normal variable."""
OF_A_MEDIAN: Final = math.pi / 2
"""The variance of a median beside that of a mean."""
LEANING: Final = (WIDTHS**2 - 1) / 6 + 1 / 3
"""Counts lean upwards: a Poisson quantile lies so much above the normal one (Cornish-Fisher), its mean above its
median."""
FEWEST: Final = 6
"""Values of history below which nothing is called unusual."""
LEAST: Final = 3
"""What is fewer than three reports is no wave, whatever was usual."""
LEAST_MIDDLE: Final = 0.5
"""Nothing seen in a short history does not mean that nothing ever happens."""


class Verdict(StrEnum):
    """Where a count stands."""

    USUAL = "usual"
    HIGH = "high"
    LOW = "low"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Usual:
    """The range a count usually lies in, both ends included, and from how many values it is known."""

    low: int
    high: int
    middle: float
    n: int

    def verdict(self, count: int) -> Verdict:
        """Where a count stands; unknown while the history is too short to tell."""
        if self.n < FEWEST:
            return Verdict.UNKNOWN
        if count > self.high and count >= LEAST:
            return Verdict.HIGH
        return Verdict.LOW if count < self.low else Verdict.USUAL

    def beyond(self, count: int) -> float:
        """How far a count lies above the range, in widths of chance: by this the steepest stands first."""
        return (count - self.high) / math.sqrt(max(self.high, 1))


def usual(recent: Sequence[int], season: Sequence[int] = ()) -> Usual:
    """The usual range from the windows just before, and the same season of a year ago where it is known.

    Of both the wider end counts at the top: what rises every rainy season is no news. At the bottom too: a quiet
    fasting month is none. Raises ValueError for a negative count.
    """
    if any(count < 0 for count in (*recent, *season)):
        raise ValueError("a count is never negative")
    if not recent:
        return Usual(0, 0, 0.0, 0)
    low, high, middle = _range(recent)
    if season:
        season_low, season_high, _middle = _range(season)
        low, high = min(low, season_low), max(high, season_high)
    return Usual(low, high, middle, len(recent))


def _range(counts: Sequence[int]) -> tuple[int, int, float]:
    middle = float(median(counts))
    spread = TO_DEVIATION * median(abs(count - middle) for count in counts)
    chance = math.sqrt(max(middle, LEAST_MIDDLE))
    half = WIDTHS * max(spread, chance) * math.sqrt(1 + OF_A_MEDIAN / len(counts))
    return max(0, math.ceil(middle - half + LEANING)), math.floor(middle + half + LEANING), middle
