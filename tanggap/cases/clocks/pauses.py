"""Pauses: the stretches in which a case was on hold, and the days they take out of a count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Pause:
    """The case was on hold from `start` to `end`; `end` is None while it still is."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Held:
    """A closed stretch on hold, and the days it takes out of a count: later than `after`, up to `until`."""

    start: datetime
    end: datetime
    after: date
    until: date


def spans(pauses: Iterable[Pause], as_of: datetime | None = None) -> list[tuple[datetime, datetime]]:
    """The pauses in order, without overlaps, as closed stretches; open ones end `as_of`.

    Without `as_of` an open pause has not lasted yet. One that ends before it begins (two servers whose clocks
    differ) counts as nothing: it must not shorten a limit.
    """
    closed = sorted((p.start, p.end or as_of or p.start) for p in pauses)
    merged: list[tuple[datetime, datetime]] = []
    for start, end in closed:
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def held(pauses: Iterable[Pause], zone: ZoneInfo, as_of: datetime | None = None) -> list[Held]:
    """The same stretches with their days in the office's zone."""
    return [
        Held(start, end, start.astimezone(zone).date(), end.astimezone(zone).date())
        for start, end in spans(pauses, as_of)
    ]


def within(pauses: Iterable[Pause], start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The parts of the pauses between `start` and `end`; an open pause lasts until `end`."""
    for begun, over in spans(pauses, end):
        if begun < end and over > start:
            yield max(begun, start), min(over, end)


def total(pauses: Iterable[Pause], start: datetime, end: datetime) -> timedelta:
    """Time on hold between `start` and `end`."""
    return sum((b - a for a, b in within(pauses, start, end)), timedelta())
