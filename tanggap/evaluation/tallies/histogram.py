"""Log-spaced histograms of durations, and what they tell of the middle and the slow end. Pure.

Neighbouring edges differ by 2 %, and a bucket speaks for its geometric middle: whatever is in it is told within 1 %
(our decision: the percentiles of a report card are to be right within 2 %). Up to a minute everything is one bucket.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

GROWTH: Final = 1.02
SHORTEST: Final = 60_000_000
"""Microseconds: what took less is no time at all."""
_STEP: Final = math.log(GROWTH)


def bucket_of(duration: int) -> int:
    """The bucket of a duration in microseconds."""
    return 0 if duration < SHORTEST else int(math.log(duration / SHORTEST) / _STEP) + 1


def middle_of(bucket: int) -> float:
    """The duration, in microseconds, that a bucket stands for."""
    return 0.0 if bucket == 0 else SHORTEST * GROWTH ** (bucket - 0.5)


def quantile(histogram: Mapping[int, int], share: float) -> float | None:
    """The nearest-rank quantile in microseconds; None of nothing."""
    n = sum(histogram.values())
    return None if n == 0 else middle_of(_bucket_at(histogram, math.ceil(share * n)))


def median(histogram: Mapping[int, int]) -> float | None:
    """The median in microseconds: of an even number the middle of the two in the middle."""
    n = sum(histogram.values())
    if n == 0:
        return None
    lower, upper = (_bucket_at(histogram, rank) for rank in ((n + 1) // 2, n // 2 + 1))
    return (middle_of(lower) + middle_of(upper)) / 2


def _bucket_at(histogram: Mapping[int, int], rank: int) -> int:
    seen = 0
    for bucket in sorted(histogram):
        seen += histogram[bucket]
        if seen >= rank:
            return bucket
    raise ValueError("no such rank")
