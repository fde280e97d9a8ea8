"""The working calendar of an agency: its zone, and days off and office weeks inherited down the tree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tanggap.common.errors import NotFound
from tanggap.directory.cache import remember, revision_cached
from tanggap.directory.calendar import MONDAY_TO_FRIDAY, Week, WorkingCalendar
from tanggap.directory.calendar_edits import CalendarEdit
from tanggap.directory.models import Agency, DayOff, OfficeWeek, Zone

EVERYBODY = 0
"""Stands for the nation in the rows below: rows without an agency."""


class _Off(NamedTuple):
    date: date
    name: str
    working: bool


USUAL_WEEK = Week(date.min, MONDAY_TO_FRIDAY, time(8), time(16))


def calendar_of(agency_id: int | None) -> WorkingCalendar:
    """The calendar of an agency; the national one in western time for None. Raises NotFound."""
    zone, ancestors = (Zone.WIB.value, ()) if agency_id is None else _place_of(agency_id)
    weeks, days_off = _weeks(), _days_off()
    levels = (EVERYBODY, *(i for i in ancestors if i in weeks or i in days_off))
    return _calendar(zone, levels)


def edited_calendar_of(agency_id: int | None, edit: CalendarEdit) -> WorkingCalendar:
    """The calendar as it would be with an edit that is not saved, or as it was with the reverse of one that is.

    Not remembered: callers keep it for the length of one piece of work.
    """
    zone, ancestors = (Zone.WIB.value, ()) if agency_id is None else _place_of(agency_id)
    weeks = {key: dict.fromkeys(rows) for key, rows in _weeks().items()}
    days = {key: {row.date: row for row in rows} for key, rows in _days_off().items()}
    for day in edit.days:
        level = days.setdefault(day.agency_id or EVERYBODY, {})
        level.pop(day.date, None)
        if day.after is not None:
            level[day.date] = _Off(day.date, day.after.name, day.after.working)
    for week in edit.weeks:
        own = weeks.setdefault(week.agency_id or EVERYBODY, {})
        own = {row: None for row in own if row.valid_from != week.valid_from}
        weeks[week.agency_id or EVERYBODY] = own | ({week.after: None} if week.after is not None else {})
    levels = (EVERYBODY, *(i for i in ancestors if weeks.get(i) or days.get(i)))
    return _build(
        zone,
        [tuple(weeks.get(level, ())) for level in levels],
        [tuple(days.get(level, {}).values()) for level in levels],
    )


def prepare_calendars(agency_ids: Iterable[int]) -> None:
    """Look up many agencies in one statement, before bulk work that asks for the calendar of each."""
    for pk, zone, path in Agency.objects.filter(pk__in=set(agency_ids)).values_list("pk", "zone", "path"):
        remember(_place_of, (zone, tuple(int(part) for part in path.split("/") if part)), pk)


@revision_cached
def _place_of(agency_id: int) -> tuple[str, tuple[int, ...]]:
    row = Agency.objects.filter(pk=agency_id).values_list("zone", "path").first()
    if row is None:
        raise NotFound(f"agency {agency_id}")
    return row[0], tuple(int(part) for part in row[1].split("/") if part)


@revision_cached
def _calendar(zone: str, levels: tuple[int, ...]) -> WorkingCalendar:
    """One object for all agencies that share a zone and the levels with own rows: three for the whole country."""
    weeks, days = _weeks(), _days_off()
    return _build(zone, [weeks.get(level, ()) for level in levels], [days.get(level, ()) for level in levels])


def _build(zone: str, weeks: list[tuple[Week, ...]], offs: list[tuple[_Off, ...]]) -> WorkingCalendar:
    """From the rows of each level, the nation's first: for each day the lowest level that says something wins."""
    days: dict[date, _Off] = {}
    for level in offs:
        days.update({row.date: row for row in level})
    first, *later = _weeks_in_turn(weeks)
    return WorkingCalendar(
        zone=ZoneInfo(zone),
        week=first.days,
        opens=first.opens,
        closes=first.closes,
        days_off={row.date: row.name for row in days.values() if not row.working},
        extra_days=frozenset(row.date for row in days.values() if row.working),
        later_weeks=tuple(later),
    )


def _weeks_in_turn(levels: list[tuple[Week, ...]]) -> list[Week]:
    """Which week holds from when on: at every date on which some level changes, the lowest level with one in force."""
    turns: list[Week] = []
    for begins in sorted({date.min, *(row.valid_from for level in levels for row in level)}):
        holds = USUAL_WEEK
        for level in levels:
            in_force = [row for row in level if row.valid_from <= begins]
            holds = max(in_force, key=lambda row: row.valid_from, default=holds)
        same = turns and (turns[-1].days, turns[-1].opens, turns[-1].closes) == (holds.days, holds.opens, holds.closes)
        if not same:
            turns.append(Week(begins, holds.days, holds.opens, holds.closes))
    return turns


@revision_cached
def _weeks() -> dict[int, tuple[Week, ...]]:
    rows: dict[int, tuple[Week, ...]] = {}
    for row in OfficeWeek.objects.order_by("agency_id", "valid_from"):
        week = Week(row.valid_from, frozenset(int(d) for d in row.days.split(",")), row.opens, row.closes)
        key = row.agency_id or EVERYBODY
        rows[key] = (*rows.get(key, ()), week)
    return rows


@revision_cached
def _days_off() -> dict[int, tuple[_Off, ...]]:
    rows: dict[int, tuple[_Off, ...]] = {}
    for day, name, working, agency_id in DayOff.objects.values_list("date", "name", "working", "agency_id"):
        key = agency_id or EVERYBODY
        rows[key] = (*rows.get(key, ()), _Off(day, name, working))
    return rows
