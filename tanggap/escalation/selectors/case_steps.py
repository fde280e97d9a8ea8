"""The steps of the ladders that were taken for one case, in words: offices and posts, never people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tanggap.accounts.roles import Role
from tanggap.cases.models import Case
from tanggap.cases.selectors import Audience
from tanggap.cases.telling.deliveries import delivery_lines
from tanggap.directory.models import Agency
from tanggap.escalation.models import Ladder, LadderStep, Letter, TakenStep
from tanggap.notify.models import Message, MessageState
from tanggap.notify.selectors import messages_of_sources

REPORTER = "reporter"
MOST = 500
Kind, Clock = LadderStep.Kind, Ladder.Clock
# What everybody may read: that somebody was pressed to answer. First messages and the inner affairs of officers,
# the ombudsman's questions and the alarm of danger among them, stay with the officers.
PUBLIC_KINDS = (Kind.REMINDER, Kind.LETTER_1, Kind.LETTER_2, Kind.ESCALATION, Kind.NOTICE)
INNER_CLOCKS = (Clock.INQUIRY, Clock.URGENT)
ARRIVING = (MessageState.PENDING, MessageState.SENT, MessageState.DELIVERED, MessageState.READ)


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step as a timeline shows it; `sent` says how it went out, for officers and for the reporter's own."""

    at: datetime
    text: str
    sent: tuple[str, ...] = ()


def case_steps(case: Case, audience: Audience, zone: tzinfo) -> list[StepLine]:
    """The steps of a case for an audience, oldest first; two statements however many there are."""
    steps = list(_shown(case, audience))
    told = _messages(steps)
    lines = []
    for step in steps:
        own = [message for source in _sources(step) for message in told.get(source, ())]
        shows_sending = audience == Audience.STAFF or step.asked_role == REPORTER
        text = _words(step, own, audience)
        # By which way somebody anonymous can be reached is not the office's.
        named = audience == Audience.REPORTER or step.asked_role != REPORTER or not (case.guarded or case.anonymous)
        sent = delivery_lines(own, zone, by_channel=named) if shows_sending else ()
        lines.append(StepLine(step.decided_at, text, sent))
    return lines


def _shown(case: Case, audience: Audience) -> QuerySet[TakenStep]:
    steps = TakenStep.objects.filter(case=case).select_related("agency__body", "letter").order_by("decided_at", "pk")
    if audience == Audience.STAFF:
        return steps[:MOST]
    steps = steps.filter(state=TakenStep.State.TAKEN).exclude(clock__in=INNER_CLOCKS)
    pressed = steps.filter(kind__in=PUBLIC_KINDS).exclude(asked_role=REPORTER)
    return (pressed | steps.filter(asked_role=REPORTER) if audience == Audience.REPORTER else pressed)[:MOST]


def _sources(step: TakenStep) -> list[str]:
    return [f"step:{step.pk}", f"letter:{step.letter_id}"] if step.letter_id else [f"step:{step.pk}"]


def _messages(steps: Sequence[TakenStep]) -> dict[str, list[Message]]:
    sources = [source for step in steps for source in _sources(step)]
    found: dict[str, list[Message]] = {}
    for message in messages_of_sources(sources).filter(is_copy=False) if sources else ():
        found.setdefault(message.source, []).append(message)
    return found


def _words(step: TakenStep, told: Sequence[Message], audience: Audience) -> str:
    facts = {"clock": clock_name(step.clock), "post": post_name(step.role or step.asked_role, step.agency)}
    if step.asked_role == REPORTER:
        return (
            _("Anda diingatkan: %(clock)s") if audience == Audience.REPORTER else _("Pelapor diingatkan: %(clock)s")
        ) % facts
    if step.state != TakenStep.State.TAKEN:
        pattern = _("Dilewati: %(deed)s") if step.state == TakenStep.State.SKIPPED else _("Dibatalkan: %(deed)s")
        return pattern % {"deed": _meant(step) % facts}
    if not step.role or (told and not any(message.state in ARRIVING for message in told)):
        return _("%(deed)s; belum sampai, jabatan itu tidak terhubung") % {"deed": _sent(step) % facts}
    if step.letter is not None and step.letter.state in (Letter.State.OPEN, Letter.State.WAITING):
        return _prepared(step) % facts
    return (_sent(step) % facts) + _instead(step, audience)


def _sent(step: TakenStep) -> str:
    return {
        Kind.MESSAGE: _("Pemberitahuan %(clock)s dikirim kepada %(post)s"),
        Kind.REMINDER: _("Pengingat %(clock)s dikirim kepada %(post)s"),
        Kind.LETTER_1: _("Surat teguran 1 (%(clock)s) dikirim kepada %(post)s"),
        Kind.LETTER_2: _("Surat teguran 2 (%(clock)s) dikirim kepada %(post)s"),
        Kind.ESCALATION: _("Keterlambatan %(clock)s dinaikkan kepada %(post)s"),
        Kind.NOTICE: _("Keterlambatan %(clock)s diberitahukan kepada %(post)s"),
    }[Kind(step.kind)]


def _meant(step: TakenStep) -> str:
    """What would have gone: a step that was skipped or called back was not sent."""
    return {
        Kind.MESSAGE: _("pemberitahuan %(clock)s kepada %(post)s"),
        Kind.REMINDER: _("pengingat %(clock)s kepada %(post)s"),
        Kind.LETTER_1: _("surat teguran 1 (%(clock)s) kepada %(post)s"),
        Kind.LETTER_2: _("surat teguran 2 (%(clock)s) kepada %(post)s"),
        Kind.ESCALATION: _("kenaikan keterlambatan %(clock)s kepada %(post)s"),
        Kind.NOTICE: _("pemberitahuan keterlambatan %(clock)s kepada %(post)s"),
    }[Kind(step.kind)]


def _prepared(step: TakenStep) -> str:
    if step.kind == Kind.LETTER_2:
        return _("Surat teguran 2 (%(clock)s) disiapkan untuk %(post)s")
    return _("Surat teguran 1 (%(clock)s) disiapkan untuk %(post)s")


def _instead(step: TakenStep, audience: Audience) -> str:
    """Why it went to somebody else than the ladder asks. That somebody is accused is nobody's business here."""
    if audience != Audience.STAFF or step.role == step.asked_role:
        return ""
    asked = str(Role(step.asked_role).label) if step.asked_role in Role.values else step.asked_role
    if step.replaced == TakenStep.Replaced.VACANT:
        return _(", pengganti %(asked)s yang kosong") % {"asked": asked}
    if step.replaced == TakenStep.Replaced.UNDELIVERABLE:
        return _(", pengganti %(asked)s yang tidak terhubung") % {"asked": asked}
    return ""


def clock_name(clock: str) -> str:
    """What the step was about."""
    names = {
        Clock.VERIFICATION: _("verifikasi"),
        Clock.FIRST_ANSWER: _("tanggapan pertama"),
        Clock.RESOLUTION: _("jawaban akhir"),
        Clock.OBJECTION: _("jawaban atas keberatan"),
        Clock.WINDOW: _("waktu untuk setuju atau keberatan hampir habis"),
        Clock.COMPLETION: _("keterangan yang diminta belum diterima"),
        Clock.PROMISE: _("janji"),
        Clock.STATUTORY: _("batas 60 hari"),
        Clock.INQUIRY: _("pertanyaan Ombudsman"),
        Clock.URGENT: _("laporan mendesak"),
    }
    return names[Clock(clock)] if clock in Clock.values else clock


def post_name(role: str, agency: Agency | None) -> str:
    """A post as people call it: kepala Dinas Kesehatan, sekretaris daerah Kabupaten Demak."""
    body = (agency.body or agency) if agency is not None else None
    at_unit = {
        Role.LIAISON_OFFICER.value: _("pejabat penghubung %(office)s"),
        Role.UNIT_HEAD.value: _("kepala %(office)s"),
    }
    at_body = {
        Role.COORDINATOR.value: _("admin instansi %(office)s"),
        Role.REGIONAL_HEAD.value: _("pimpinan %(office)s"),
        Role.SEKDA.value: _("sekretaris daerah %(office)s"),
        Role.INSPECTOR.value: _("inspektorat %(office)s"),
        "on_call": _("petugas jaga %(office)s"),
    }
    if agency is not None and role in at_unit:
        return at_unit[role] % {"office": agency.full_name}
    if body is not None and role in at_body:
        return at_body[role] % {"office": body.full_name}
    alone = {Role.NATIONAL_ADMIN.value: _("admin nasional"), Role.OMBUDSMAN.value: _("Ombudsman")}
    return alone.get(role, str(Role(role).label) if role in Role.values else role)
