"""A change of calendar rows, as a value: previewed before it is saved, kept in its event, and undone to compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from tanggap.directory.calendar import Week


@dataclass(frozen=True, slots=True)
class Day:
    """What one row says of its day."""

    name: str
    kind: str
    working: bool = False
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class DayEdit:
    """One day of one level (None: everybody) before and after; None where there is no row."""

    agency_id: int | None
    date: date
    before: Day | None
    after: Day | None


@dataclass(frozen=True, slots=True)
class WeekEdit:
    """One office week of one level before and after."""

    agency_id: int | None
    valid_from: date
    before: Week | None
    after: Week | None


@dataclass(frozen=True, slots=True)
class CalendarEdit:
    """Rows that change together."""

    days: tuple[DayEdit, ...] = ()
    weeks: tuple[WeekEdit, ...] = ()

    def reversed(self) -> CalendarEdit:
        """What undoes it."""
        return CalendarEdit(
            tuple(DayEdit(d.agency_id, d.date, d.after, d.before) for d in self.days),
            tuple(WeekEdit(w.agency_id, w.valid_from, w.after, w.before) for w in self.weeks),
        )

    @property
    def first_day(self) -> date:
        """The first day that may count differently. Limits that end before it stay."""
        return min([d.date for d in self.days] + [w.valid_from for w in self.weeks])

    def as_json(self) -> dict[str, Any]:
        """For an event."""
        return {
            "days": [[d.agency_id, d.date.isoformat(), _day(d.before), _day(d.after)] for d in self.days],
            "weeks": [[w.agency_id, w.valid_from.isoformat(), _week(w.before), _week(w.after)] for w in self.weeks],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CalendarEdit:
        """From an event."""
        days = (DayEdit(a, date.fromisoformat(d), _read_day(b), _read_day(n)) for a, d, b, n in data["days"])
        weeks = (WeekEdit(a, date.fromisoformat(d), _read_week(d, b), _read_week(d, n)) for a, d, b, n in data["weeks"])
        return cls(tuple(days), tuple(weeks))


def _day(day: Day | None) -> list[Any] | None:
    return None if day is None else [day.name, day.kind, day.working, day.estimated]


def _read_day(row: list[Any] | None) -> Day | None:
    return None if row is None else Day(*row)


def _week(week: Week | None) -> list[Any] | None:
    return None if week is None else [sorted(week.days), week.opens.isoformat(), week.closes.isoformat()]


def _read_week(valid_from: str, row: list[Any] | None) -> Week | None:
    if row is None:
        return None
    days, opens, closes = row
    return Week(date.fromisoformat(valid_from), frozenset(days), time.fromisoformat(opens), time.fromisoformat(closes))
