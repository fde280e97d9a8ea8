"""What the agency tells the reporter: interim or final, at once or after a second officer agreed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.answering import check_answer, publish_answer
from tanggap.cases.attachments import attach_draft
from tanggap.cases.models import Case, Message, MessageKind
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.substance import is_acknowledgement
from tanggap.cases.texts import Answer, clean_text, write_message
from tanggap.cases.workflow import Action
from tanggap.common.errors import Refused


@dataclass(frozen=True, slots=True)
class Draft:
    """What an officer wrote. `seen` is the number of thread entries the officer had read, against stale forms."""

    text: str
    final: bool = False
    answer: Answer = field(default_factory=Answer)
    draft_token: str = ""
    seen: int | None = None


@transaction.atomic
def answer_case(*, tracking_id: str, draft: Draft, actor: Actor, now: datetime) -> Case:
    """Answer the reporter; where the agency asks for two people the text waits for the second.

    An interim text that only thanks or announces is kept as an acknowledgement and stops no clock. Raises
    Forbidden, Refused (wrong state, stale form, the same officer after an objection), Invalid (no substance).
    """
    case = lock_case(tracking_id)
    action = Action.ANSWER_FINAL if draft.final else Action.ANSWER_INTERIM
    authorize(actor, action, case)
    advanced(case, action)
    _check_fresh(case, draft)
    check_another_officer(case, actor)
    text = clean_text(draft.text)
    kind = _kind_of(draft, text)
    if draft.final:
        check_answer(draft.answer, text, now=now, case=case)
    waits = case.agency.two_person_answers and kind != MessageKind.ACKNOWLEDGEMENT
    message = write_message(case, kind, text, actor=actor, at=now, answer=draft.answer, draft=waits)
    attach_draft(case, draft.draft_token, owner=f"message:{message.pk}")
    if waits:
        record_only(case, "case.answer_drafted", actor=actor, at=now, data={"message": message.pk})
    else:
        publish_answer(case, message, actor=actor, now=now)
    return case


def _kind_of(draft: Draft, text: str) -> MessageKind:
    if draft.final:
        return MessageKind.FINAL
    return MessageKind.ACKNOWLEDGEMENT if is_acknowledgement(text) else MessageKind.INTERIM


def _check_fresh(case: Case, draft: Draft) -> None:
    """Two officers answer at once: the second learns of the first before sending."""
    if draft.seen is not None and draft.seen != case.messages.exclude(kind=MessageKind.NOTE).count():
        raise Refused(
            _("Ada tulisan baru di laporan ini sejak halaman Anda dibuka. Baca dulu; tulisan Anda tetap tersimpan."),
            code="stale",
        )


def check_another_officer(case: Case, actor: Actor) -> None:
    """The first objection goes to an officer other than the one who answered (DOMAIN §2).

    In a unit of one person that is the coordinator or the inspector, who hold the case too.
    """
    if not case.objections:
        return
    last = case.messages.filter(kind=MessageKind.OBJECTION).order_by("-at", "-id").first()
    answered = Message.objects.filter(case=case, kind=MessageKind.FINAL, draft=False)
    if last is not None and answered.filter(at__lte=last.at, author_key=actor.key).exists():
        raise Refused(
            _("Pelapor keberatan atas jawaban Anda, jadi petugas lain yang menjawab sekarang."),
            code="same_officer",
        )
