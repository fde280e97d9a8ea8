"""Changing days off and office weeks: one saved edit, one event."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, Refused
from tanggap.directory import cache
from tanggap.directory.calendar import Week
from tanggap.directory.calendar_edits import CalendarEdit, Day, DayEdit, WeekEdit
from tanggap.directory.models import DayOff, OfficeWeek
from tanggap.directory.selectors.calendars import calendar_of
from tanggap.ledger.models import Event
from tanggap.ledger.services.record import record

CHANGED = "calendar.changed"
LONGEST_REASON = 300


@transaction.atomic
def edit_calendar(
    *, agency_id: int | None, edit: CalendarEdit, actor_key: str, now: datetime, reason: str = ""
) -> Event:
    """Save an edit of one level (None: everybody). The caller has asked whether the actor may.

    Raises Invalid for days that have passed: figures that were published stand on them. Raises Refused when a row
    is not as the edit found it. The event leads to the re-computation of open limits.
    """
    reason = " ".join(reason.split())
    check_edit(edit, agency_id=agency_id, now=now)
    if len(reason) > LONGEST_REASON:
        raise Invalid(_("Alasan paling banyak 300 huruf."), field="reason")
    for day in edit.days:
        _save_day(day)
    for week in edit.weeks:
        _save_week(week)
    cache.clear()
    data = {"agency_id": agency_id, "edit": edit.as_json(), "reason": reason}
    return record(CHANGED, stream=stream_of(agency_id), actor=actor_key, at=now, data=data)


def stream_of(agency_id: int | None) -> str:
    """The name of a level's calendar in the ledger."""
    return f"calendar:{agency_id or 'national'}"


def check_edit(edit: CalendarEdit, *, agency_id: int | None, now: datetime) -> None:
    """Raises Invalid when an edit reaches into the past, to another level, or leaves no working day."""
    if not edit.days and not edit.weeks:
        raise Invalid(_("Tidak ada yang berubah."), code="nothing")
    calendar = calendar_of(agency_id)
    if edit.first_day < calendar.local_date(now):
        raise Invalid(
            _("Hari yang sudah lewat tidak dapat diubah: angka yang sudah terbit dihitung dengannya."),
            field="valid_from" if edit.weeks else "date",
            code="past",
        )
    levels = {day.agency_id for day in edit.days} | {week.agency_id for week in edit.weeks}
    if levels != {agency_id}:
        raise ValueError("an edit belongs to one level")


def _save_day(edit: DayEdit) -> None:
    row = DayOff.objects.select_for_update().filter(_at(edit.agency_id), date=edit.date).first()
    found = None if row is None else Day(row.name, row.kind, row.working, row.estimated)
    if found != edit.before:
        raise Refused(_("Hari itu baru saja diubah orang lain. Muat ulang halaman, lalu periksa lagi."), code="stale")
    if edit.after is None:
        if row is not None:
            row.delete()
        return
    row = row or DayOff(agency_id=edit.agency_id, date=edit.date)
    row.name, row.kind, row.working = edit.after.name, edit.after.kind, edit.after.working
    row.estimated = edit.after.estimated
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()


def _save_week(edit: WeekEdit) -> None:
    row = OfficeWeek.objects.select_for_update().filter(_at(edit.agency_id), valid_from=edit.valid_from).first()
    found = None
    if row is not None:
        found = Week(row.valid_from, frozenset(map(int, row.days.split(","))), row.opens, row.closes)
    if found != edit.before:
        raise Refused(
            _("Pekan kerja itu baru saja diubah orang lain. Muat ulang halaman, lalu periksa lagi."), code="stale"
        )
    if edit.after is None:
        if row is not None:
            row.delete()
        return
    row = row or OfficeWeek(agency_id=edit.agency_id, valid_from=edit.valid_from)
    row.days = ",".join(map(str, sorted(edit.after.days)))
    row.opens, row.closes = edit.after.opens, edit.after.closes
    row.save()


def _at(agency_id: int | None) -> Q:
    return Q(agency_id=agency_id)
