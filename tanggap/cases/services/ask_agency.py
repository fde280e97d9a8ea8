"""The ombudsman asks the agency about a case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.clocks import due_at
from tanggap.cases.deadlines import limit_for
from tanggap.cases.inquiries import addressee_of
from tanggap.cases.models import ClockName, Inquiry
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.texts import clean_text
from tanggap.cases.workflow import Action
from tanggap.common.crypto import keyed_digest
from tanggap.common.errors import Refused
from tanggap.directory.selectors import calendar_of

MOST_OPEN = 5


@transaction.atomic
def ask_agency(*, tracking_id: str, question: str, actor: Actor, now: datetime) -> Inquiry:
    """Put a question to the agency of the case; its own clock runs, the case and its clocks stay as they are.

    An agency whom a guarded case is about is never asked: the question goes to the level above that is no subject.
    Raises Forbidden, Invalid (nothing asked), Refused (too many questions without an answer).
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.ASK_AGENCY, case)
    advanced(case, Action.ASK_AGENCY)
    question = clean_text(question, field="question")
    if case.inquiries.filter(answered_at__isnull=True).count() >= MOST_OPEN:
        raise Refused(
            _("Sudah ada %(n)d pertanyaan yang belum dijawab untuk laporan ini. Tunggu jawabannya dulu.")
            % {"n": MOST_OPEN},
            code="too_many_open",
        )
    agency = addressee_of(case)
    calendar = calendar_of(agency.pk)
    on = now.astimezone(calendar.zone).date()
    limit = limit_for(ClockName.INQUIRY, classification=case.classification, agency=agency, on=on)
    inquiry = Inquiry.objects.create(
        case=case,
        agency=agency,
        asked_by_key=actor.key,
        asked_at=now,
        due_at=due_at(now, limit, calendar),
        question=question,
    )
    facts = {"inquiry": inquiry.pk, "agency": agency.code, "due_at": inquiry.due_at, "question": keyed_digest(question)}
    record_only(case, "case.inquiry_asked", actor=actor, at=now, data=facts)
    return inquiry
