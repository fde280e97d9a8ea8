"""Steps of ladders in words, and what a dry run found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tanggap.accounts.roles import Role
from tanggap.common import formats
from tanggap.common.clockwords import days, join, language
from tanggap.console.template_titles import title_of
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.dry_run import TriedStep, Trying
from tanggap.escalation.ladder_edits import StepWish
from tanggap.escalation.models import LadderStep, TakenStep
from tanggap.escalation.recipients import ON_CALL, REPORTER


def kind_name(kind: str) -> str:
    names = {
        "message": _("Pemberitahuan"),
        "reminder": _("Pengingat"),
        "letter_1": _("Surat pertama"),
        "letter_2": _("Surat kedua"),
        "escalation": _("Naik ke atasan"),
        "notice": _("Pemberitahuan terlambat"),
    }
    return names.get(kind, kind)


def role_name(role: str) -> str:
    if role == REPORTER:
        return _("Pelapor")
    if role == ON_CALL:
        return _("Petugas siaga")
    return str(Role(role).label) if role in Role.values else role


def channel_name(channel: str) -> str:
    names = {"": _("saluran yang ada"), "email": _("surel"), "whatsapp": "WhatsApp", "sms": "SMS"}
    return names.get(channel, channel)


def when(step: StepWish) -> str:
    """Seketika; hari kerja ke-3; 3 hari kerja sebelum batas."""
    if step.unit == LadderStep.Calendar.HOURS:
        return _("%(span)s sesudah mulai") % {"span": days(step.offset, "hours")} if step.offset else _("seketika")
    if step.from_limit and step.offset < 0:
        return _("%(span)s sebelum batas") % {"span": days(-step.offset, step.unit)}
    if step.from_limit:
        return _("%(span)s sesudah batas") % {"span": days(step.offset, step.unit)}
    if step.offset == 0:
        return _("seketika, pada jam kantor")
    if step.unit == LadderStep.Calendar.CALENDAR_DAYS:
        return _("hari kalender ke-%(n)s") % {"n": step.offset}
    return _("hari kerja ke-%(n)s") % {"n": step.offset}


def step_words(step: StepWish) -> str:
    """Hari kerja ke-6: Surat pertama kepada Kepala unit, tembusan Admin instansi."""
    facts = {"when": when(step), "kind": kind_name(step.kind), "role": role_name(step.role)}
    said = _("%(when)s: %(kind)s kepada %(role)s") % facts
    if step.channel:
        said += " " + _("lewat %(channel)s") % {"channel": channel_name(step.channel)}
    if step.copies:
        said += ", " + _("tembusan %(roles)s") % {"roles": join([role_name(role) for role in step.copies])}
    return said[:1].upper() + said[1:]


@dataclass(frozen=True)
class TriedLine:
    """One step of a dry run."""

    at: str
    said: str
    to: str
    message: str
    outcome: str
    sent: bool


def tried_lines(trying: Trying, agencies: dict[int, Agency], agency_id: int, *, now: datetime) -> list[TriedLine]:
    """For this case: what would have gone to whom at which moment."""
    zone = calendar_of(agency_id).zone
    return [_tried(step, trying, agencies, zone, now) for step in trying.steps]


def _tried(step: TriedStep, trying: Trying, agencies: dict[int, Agency], zone: object, now: datetime) -> TriedLine:
    wish = StepWish(
        step.rung.kind,
        step.rung.offset,
        step.rung.from_limit,
        step.rung.unit,
        step.rung.role,
        step.rung.template,
        step.rung.channel,
        step.rung.copies,
    )
    return TriedLine(
        at=formats.long_datetime(step.at, zone, language()),  # type: ignore[arg-type]
        said=step_words(wish),
        to=_reached(step, agencies),
        message=title_of(step.rung.template),
        outcome=_outcome(step, trying),
        sent=step.sent,
    )


def _reached(step: TriedStep, agencies: dict[int, Agency]) -> str:
    found = step.recipient
    if step.rung.role == REPORTER:
        return _("pelapor, lewat saluran yang dipilihnya")
    if not found.holders:
        return _("tidak ada penerima sampai tingkat teratas: menjadi peringatan")
    agency = agencies.get(found.agency_id or 0)
    people = len(found.holders)
    facts = {"role": role_name(found.role), "agency": agency.full_name if agency else "", "n": people}
    said = ngettext("%(role)s, %(agency)s (%(n)s orang)", "%(role)s, %(agency)s (%(n)s orang)", people) % facts
    if found.replaced:
        said += ": " + str(TakenStep.Replaced(found.replaced).label)
    return said


def _outcome(step: TriedStep, trying: Trying) -> str:
    if step.sent:
        return _("sudah dikirim bila tangga ini berlaku") if trying.stopped_at is None else _("dikirim")
    if trying.stopped_at is not None:
        return _("tidak dikirim: jam sudah berhenti")
    if trying.suspended:
        return _("menunggu: jam berhenti sementara")
    return _("akan dikirim bila jam belum berhenti")
