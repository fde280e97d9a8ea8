"""The second officer of a two-person answer: approve it, or send it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.answering import publish_answer
from tanggap.cases.models import Case, Message
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.services.answer_case import check_another_officer
from tanggap.cases.workflow import Action
from tanggap.common.errors import Refused


@transaction.atomic
def approve_answer(*, tracking_id: str, message_id: int, actor: Actor, now: datetime, agreed: bool = True) -> Case:
    """Send a drafted answer, or discard it when not agreed; nobody approves the own words.

    Raises Forbidden, Refused (no such draft, already decided, own draft, wrong state).
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.APPROVE_ANSWER, case)
    advanced(case, Action.APPROVE_ANSWER)
    message = Message.objects.filter(pk=message_id, case=case, draft=True, discarded_at__isnull=True).first()
    if message is None:
        raise Refused(_("Rancangan jawaban ini sudah diputus."), code="no_draft")
    if not agreed:
        message.discarded_at = now
        message.save(update_fields=["discarded_at"])
        record_only(case, "case.answer_discarded", actor=actor, at=now, data={"message": message.pk})
        return case
    if message.author_key == actor.key:
        raise Refused(_("Jawaban disetujui oleh petugas lain, bukan penulisnya."), code="own_draft")
    check_another_officer(case, actor)
    message.draft, message.approved_by_key, message.approved_at, message.at = False, actor.key, now, now
    message.save(update_fields=["draft", "approved_by_key", "approved_at", "at"])
    publish_answer(case, message, actor=actor, now=now)
    return case
