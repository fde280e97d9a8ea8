"""The working calendar of an agency: its zone, and days off and office weeks inherited down the tree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tanggap.common.clock import now
from tanggap.common.errors import NotFound
from tanggap.directory.cache import remember, revision_cached
from tanggap.directory.calendar import MONDAY_TO_FRIDAY, WorkingCalendar
from tanggap.directory.models import Agency, DayOff, OfficeWeek, Zone

EVERYBODY = 0
"""Stands for the nation in the rows below: rows without an agency."""


class _Week(NamedTuple):
    valid_from: date
    days: frozenset[int]
    opens: time
    closes: time


class _Off(NamedTuple):
    date: date
    name: str
    working: bool


USUAL_WEEK = _Week(date.min, MONDAY_TO_FRIDAY, time(8), time(16))


def calendar_of(agency_id: int | None, *, on: date | None = None) -> WorkingCalendar:
    """The calendar of an agency; the national one in western time for None.

    `on` chooses among office weeks that follow each other; today by default. Raises NotFound.
    """
    zone, ancestors = (Zone.WIB.value, ()) if agency_id is None else _place_of(agency_id)
    weeks, days_off = _weeks(), _days_off()
    levels = (EVERYBODY, *(i for i in ancestors if i in weeks or i in days_off))
    day = on or now().astimezone(ZoneInfo(zone)).date()
    week = USUAL_WEEK
    for level in levels:
        in_force = [row for row in weeks.get(level, ()) if row.valid_from <= day]
        week = max(in_force, default=week)  # the lowest level that has one wins
    return _calendar(zone, levels, week)


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
def _calendar(zone: str, levels: tuple[int, ...], week: _Week) -> WorkingCalendar:
    """One object for all agencies that share a zone and the levels with own rows: three for the whole country."""
    days: dict[date, _Off] = {}
    for level in levels:
        days.update({row.date: row for row in _days_off().get(level, ())})
    return WorkingCalendar(
        zone=ZoneInfo(zone),
        week=week.days,
        opens=week.opens,
        closes=week.closes,
        days_off={row.date: row.name for row in days.values() if not row.working},
        extra_days=frozenset(row.date for row in days.values() if row.working),
    )


@revision_cached
def _weeks() -> dict[int, tuple[_Week, ...]]:
    rows: dict[int, tuple[_Week, ...]] = {}
    for row in OfficeWeek.objects.order_by("agency_id", "valid_from"):
        week = _Week(row.valid_from, frozenset(int(d) for d in row.days.split(",")), row.opens, row.closes)
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
