"""The calendar of one office as a page shows it: each row with the level it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tanggap.directory.calendar import Week
from tanggap.directory.calendar_edits import Day
from tanggap.directory.models import Agency, DayOff, OfficeWeek


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a lower row replaces."""

    name: str
    level: Agency | None


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day that is not as the week has it. `level` None is the nation; `own`: the row of the office itself."""

    id: int
    date: date
    day: Day
    level: Agency | None
    own: bool
    replaced: Replaced | None = None


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One office week of the path, the nation's first."""

    id: int
    week: Week
    level: Agency | None
    own: bool


def days_of_year(agency: Agency | None, year: int) -> list[DayLine]:
    """The days off and extra working days that hold for an office in a year: the lowest row of each day."""
    levels = _levels(agency)
    rows = DayOff.objects.filter(_of(levels), date__year=year)
    by_day: dict[date, list[DayOff]] = {}
    for row in sorted(rows, key=lambda row: list(levels).index(row.agency_id)):
        by_day.setdefault(row.date, []).append(row)
    return [_line(by_day[day], levels, agency) for day in sorted(by_day)]


def weeks_of(agency: Agency | None) -> list[WeekLine]:
    """Every office week on the path, by level and then by date."""
    levels = _levels(agency)
    lines = [
        WeekLine(
            row.pk,
            Week(row.valid_from, frozenset(map(int, row.days.split(","))), row.opens, row.closes),
            levels[row.agency_id],
            row.agency_id == (agency.pk if agency else None),
        )
        for row in OfficeWeek.objects.filter(_of(levels))
    ]
    order = list(levels.values())
    return sorted(lines, key=lambda line: (order.index(line.level), line.week.valid_from))


def _line(rows: list[DayOff], levels: dict[int | None, Agency | None], agency: Agency | None) -> DayLine:
    *above, row = rows
    replaced = Replaced(above[-1].name, levels[above[-1].agency_id]) if above else None
    day = Day(row.name, row.kind, row.working, row.estimated)
    own = row.agency_id == (agency.pk if agency else None)
    return DayLine(row.pk, row.date, day, levels[row.agency_id], own, replaced)


def _levels(agency: Agency | None) -> dict[int | None, Agency | None]:
    """The nation, then the ancestors from the top, then the office itself."""
    levels: dict[int | None, Agency | None] = {None: None}
    if agency is not None:
        ids = [int(part) for part in agency.path.split("/") if part]
        found = Agency.objects.in_bulk(ids)
        levels.update({pk: found[pk] for pk in ids if pk in found})
    return levels


def _of(levels: dict[int | None, Agency | None]) -> Q:
    return Q(agency_id__isnull=True) | Q(agency_id__in=[pk for pk in levels if pk is not None])
