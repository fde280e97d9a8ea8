"""Days off and office weeks as tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid
from tanggap.directory.calendar import Week
from tanggap.directory.calendar_edits import CalendarEdit, Day, DayEdit, WeekEdit
from tanggap.directory.exchange.shape import Line, Mark, agency_of, date_of, flag, told, truth_of
from tanggap.directory.models import DayOff, OfficeWeek
from tanggap.directory.services.edit_calendar import LONGEST_REASON, edit_calendar

DAY_COLUMNS = ("date", "name", "kind", "agency_code", "working", "estimated")
WEEK_COLUMNS = ("agency_code", "valid_from", "days", "opens", "closes")


def days_off() -> Iterator[tuple[str, ...]]:
    """Every level's, in the order of days."""
    for row in DayOff.objects.select_related("agency").order_by("date", "agency__code"):
        code = row.agency.code if row.agency else ""
        yield row.date.isoformat(), row.name, row.kind, code, flag(row.working), flag(row.estimated)


def take_day_off(line: Line, mark: Mark) -> str:
    """One day of one level, new or replaced."""
    agency = agency_of(line) if line["agency_code"] else None
    day = date_of(line, "date")
    if line["kind"] not in DayOff.Kind.values:
        raise Invalid(_("Jenis hari libur tidak dikenal."), field="kind")
    after = Day(line["name"][:120], line["kind"], truth_of(line, "working"), truth_of(line, "estimated"))
    if not after.name:
        raise Invalid(_("Hari libur perlu nama."), field="name")
    row = DayOff.objects.filter(agency=agency, date=day).first()
    before = Day(row.name, row.kind, row.working, row.estimated) if row else None
    if before == after:
        return ""
    agency_id = agency.pk if agency else None
    _save(agency_id, CalendarEdit(days=(DayEdit(agency_id, day, before, after),)), mark)
    return told(
        (name, getattr(before, name, None), getattr(after, name)) for name in ("name", "kind", *DAY_COLUMNS[4:])
    )


def office_weeks() -> Iterator[tuple[str, ...]]:
    """Every level's, the nation's first."""
    for row in OfficeWeek.objects.select_related("agency").order_by("agency__code", "valid_from"):
        code = row.agency.code if row.agency else ""
        yield code, row.valid_from.isoformat(), row.days, f"{row.opens:%H:%M}", f"{row.closes:%H:%M}"


def take_office_week(line: Line, mark: Mark) -> str:
    """The week of one level from a day on, new or replaced."""
    agency = agency_of(line) if line["agency_code"] else None
    agency_id, first = agency.pk if agency else None, date_of(line, "valid_from")
    after = _week(line)
    row = OfficeWeek.objects.filter(agency=agency, valid_from=first).first()
    before = Week(first, frozenset(map(int, row.days.split(","))), row.opens, row.closes) if row else None
    if before == after:
        return ""
    _save(agency_id, CalendarEdit(weeks=(WeekEdit(agency_id, first, before, after),)), mark)
    return told([(_("pekan kerja"), _week_words(before), _week_words(after))])


def _week(line: Line) -> Week:
    try:
        days = frozenset(int(day) for day in line["days"].replace(";", ",").split(","))
        times = (time.fromisoformat(line["opens"].zfill(5)), time.fromisoformat(line["closes"].zfill(5)))
        return Week(date_of(line, "valid_from"), days, *times)
    except ValueError as error:
        raise Invalid(
            _("Tulis hari 0 (Senin) sampai 6 (Minggu) seperti 0,1,2,3,4 dan jam seperti 08:00; buka sebelum tutup."),
            field="days",
        ) from error


def _week_words(week: Week | None) -> str:
    if week is None:
        return ""
    return f"{','.join(map(str, sorted(week.days)))} {week.opens:%H:%M}–{week.closes:%H:%M}"


def _save(agency_id: int | None, edit: CalendarEdit, mark: Mark) -> None:
    reason = mark.reason[:LONGEST_REASON]
    edit_calendar(agency_id=agency_id, edit=edit, actor_key=mark.actor_key, now=mark.now, reason=reason)
