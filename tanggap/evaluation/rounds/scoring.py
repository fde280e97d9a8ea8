"""From readings to scores. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from statistics import median
from typing import Final

HIGHEST: Final = 4
READERS: Final = 2
TOO_FAR: Final = 2
"""Two readers whose scores of one criterion differ by so much call for a third (our decision)."""

Scores = Mapping[str, int]
"""Criterion → 0 to 4."""


def needs_third(readings: Sequence[Scores]) -> bool:
    """Whether two readers are too far apart and nobody else has read yet."""
    if len(readings) != READERS:
        return False
    one, other = readings
    return any(abs(one[name] - other[name]) >= TOO_FAR for name in one.keys() & other.keys())


def share_of(readings: Sequence[Scores]) -> Fraction | None:
    """What a case earned, 0 to 1: of two readers the mean, of three the middle score of each criterion.

    None until two have read, and until a third has where the two are too far apart.
    """
    if len(readings) < READERS or needs_third(readings):
        return None
    criteria = sorted(set.intersection(*(set(one) for one in readings)))
    if not criteria:
        return None
    values = [_value([one[name] for one in readings]) for name in criteria]
    return sum(values, Fraction()) / (len(values) * HIGHEST)


def _value(scores: Sequence[int]) -> Fraction:
    return Fraction(sum(scores), len(scores)) if len(scores) == READERS else Fraction(median(scores))


def mean(shares: Sequence[Fraction]) -> Fraction | None:
    """The mean of what is decided; None of nothing."""
    return sum(shares, Fraction()) / len(shares) if shares else None
