"""The agency answers the ombudsman."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.inquiries import may_answer
from tanggap.cases.models import Inquiry
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.texts import clean_text
from tanggap.cases.workflow import Action
from tanggap.common.crypto import keyed_digest
from tanggap.common.errors import Forbidden, Refused


@transaction.atomic
def answer_inquiry(*, tracking_id: str, inquiry_id: int, answer: str, actor: Actor, now: datetime) -> Inquiry:
    """Answer once; neither the reporter nor the public reads it, and the state of the case stays.

    Raises Forbidden for anybody but the agency that was asked and those above it, Refused for a second answer,
    Invalid for an empty one.
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.ANSWER_INQUIRY, case)
    advanced(case, Action.ANSWER_INQUIRY)
    inquiry = Inquiry.objects.select_related("agency").filter(pk=inquiry_id, case=case).first()
    if inquiry is None or not may_answer(actor, case, inquiry):
        raise Forbidden(_("Pertanyaan itu tidak ada, atau bukan untuk instansi Anda."), code="no_inquiry")
    if inquiry.answered_at is not None:
        raise Refused(_("Pertanyaan ini sudah dijawab. Jawaban yang pertama tetap tersimpan."), code="answered")
    inquiry.answer = clean_text(answer, field="answer")
    inquiry.answered_at, inquiry.answered_by_key = now, actor.key
    inquiry.save(update_fields=["answer", "answered_at", "answered_by_key"])
    facts = {"inquiry": inquiry.pk, "agency": inquiry.agency.code, "answer": keyed_digest(inquiry.answer)}
    record_only(case, "case.inquiry_answered", actor=actor, at=now, data=facts)
    return inquiry
