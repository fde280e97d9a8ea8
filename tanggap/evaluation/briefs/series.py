"""The counts of a topic window by window, and what of them is compared. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tanggap.evaluation.briefs.baseline import Usual, Verdict, usual
from tanggap.evaluation.briefs.windows import Length

RECENT: Final = {Length.WEEK: 16, Length.MONTH: 12}
SEASON: Final = {Length.WEEK: range(50, 55), Length.MONTH: range(11, 14)}
"""How many windows ago the same season was: two weeks, or a month, to either side."""
SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class Standing:
    """One count beside what is usual, with the windows before it for a picture (oldest first, itself the last)."""

    key: str
    name: str
    now: int
    before: int
    usual: Usual
    shown: tuple[int, ...]
    over: bool = True

    @property
    def verdict(self) -> Verdict:
        """Where it stands; a window that still runs is compared with nothing."""
        return self.usual.verdict(self.now) if self.over else Verdict.UNKNOWN

    @property
    def rising(self) -> bool:
        """Whether it is above its usual range."""
        return self.verdict is Verdict.HIGH

    @property
    def known(self) -> bool:
        """Whether the history is long enough to call anything usual."""
        return self.verdict is not Verdict.UNKNOWN


def standing(
    key: str, name: str, counts: Mapping[int, int], *, length: Length, since: int, over: bool = True
) -> Standing:
    """A topic's standing from its counts by how many windows ago (0 is the one in question).

    `since` is how many windows ago the body's first case came: what lies before it is no history of nothing.
    """
    recent = _counts(counts, range(1, RECENT[length] + 1), since)
    season = _counts(counts, SEASON[length], since)
    shown = tuple(counts.get(ago, 0) for ago in reversed(range(SHOWN)) if ago <= max(since, 1))
    return Standing(key, name, counts.get(0, 0), counts.get(1, 0), usual(recent, season), shown, over)


def _counts(counts: Mapping[int, int], ago: Sequence[int], since: int) -> list[int]:
    return [counts.get(one, 0) for one in ago if one <= since]


def rising_first(standings: Sequence[Standing], most: int) -> tuple[Standing, ...]:
    """Those above their usual range, the furthest first."""
    rising = [one for one in standings if one.rising]
    return tuple(sorted(rising, key=lambda one: (-one.usual.beyond(one.now), one.key))[:most])


def largest_first(standings: Sequence[Standing], most: int) -> tuple[Standing, ...]:
    """Those with any case, the most frequent first."""
    some = [one for one in standings if one.now]
    return tuple(sorted(some, key=lambda one: (-one.now, one.name, one.key))[:most])
