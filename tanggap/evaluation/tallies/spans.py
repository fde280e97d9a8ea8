"""A period cut into what tallies hold whole and what must be read case by case. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tanggap.evaluation.periods import Period, month_of

A_YEAR = 12
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cut:
    """Runs of whole years and months, each as (months, first day, last day), and the days at either end."""

    whole: tuple[tuple[int, date, date], ...]
    edges: tuple[Period, ...]


def cut(period: Period, *, years: bool = True) -> Cut:
    """As few runs as there can be: whole years where they lie inside, months around them, days at the ends.

    Without `years` whole months only.
    """
    first = period.first if period.first.day == 1 else month_of(period.first).last + _DAY
    last = period.last if (period.last + _DAY).day == 1 else period.last.replace(day=1) - _DAY
    if first > last:
        return Cut((), (period,))
    edges = []
    if period.first < first:
        edges.append(Period(period.first, first - _DAY))
    if last < period.last:
        edges.append(Period(last + _DAY, period.last))
    return Cut(tuple(_runs(first, last)) if years else ((1, first, last),), tuple(edges))


def _runs(first: date, last: date) -> Iterator[tuple[int, date, date]]:
    opens = first if first.month == 1 else date(first.year + 1, 1, 1)
    closes = last if last.month == A_YEAR else date(last.year, 1, 1) - _DAY
    if opens > closes:
        yield 1, first, last
        return
    if first < opens:
        yield 1, first, opens - _DAY
    yield A_YEAR, opens, closes
    if closes < last:
        yield 1, closes + _DAY, last
