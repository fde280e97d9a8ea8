"""Going through all cases once, month by month, as their events tell: to rebuild the tallies or to check them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import connection

from tanggap.evaluation.periods import Period
from tanggap.evaluation.selectors.differences import batches
from tanggap.evaluation.tallies.slots import slots_between

_EAST: Final = "Asia/Jayapura"
"""The zone where a month begins first: its months are runs of three whole slots."""
_RANGE: Final = "SELECT min(received_at), max(received_at) FROM cases_case"
_RECEIVED: Final = "SELECT id FROM cases_case WHERE received_at >= %s AND received_at < %s ORDER BY id"


_MISSING: Final = """
    SELECT EXISTS (SELECT 1 FROM cases_case) AND NOT EXISTS (SELECT 1 FROM evaluation_tallyentry)
"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A month as the east counts it, and its slots."""

    month: date
    slots: range

    def batches(self) -> Iterator[list[int]]:
        """The cases received in it, in batches."""
        period = Period(self.month, self.month)
        start, end = (datetime.combine(day, time.min, ZoneInfo(_EAST)) for day in (period.first, _next(self.month)))
        with connection.cursor() as cursor:
            cursor.execute(_RECEIVED, [start, end])
            ids = [row[0] for row in cursor.fetchall()]
        return batches(ids)


def years_received() -> list[list[Stretch]]:
    """The months from the first case to the last, year by year, oldest first; nothing without cases."""
    with connection.cursor() as cursor:
        cursor.execute(_RANGE)
        first, last = cursor.fetchone()
    if first is None:
        return []
    begins, ends = (at.astimezone(ZoneInfo(_EAST)).date() for at in (first, last))
    years = range(begins.year, ends.year + 1)
    return [[_stretch(date(year, month, 1)) for month in range(1, 13)] for year in years]


def tallies_are_missing() -> bool:
    """Whether nothing was ever counted though there are cases: an instance of an older release, or a first import."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING)
        return bool(cursor.fetchone()[0])


def _stretch(month: date) -> Stretch:
    return Stretch(month, slots_between(month, month, _EAST))


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
