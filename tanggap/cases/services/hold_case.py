"""Ask the reporter to complete a case: the clocks of the agency stand still meanwhile."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.deadlines import due_for
from tanggap.cases.models import Case, ClockName, Hold, MessageKind
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.texts import clean_text, write_message
from tanggap.cases.workflow import HOLDS_AT_MOST, Action, State
from tanggap.common.errors import Refused


@transaction.atomic
def hold_case(*, tracking_id: str, question: str, actor: Actor, now: datetime) -> Case:
    """Put the case on hold with a question; before verification by the verifier, afterwards by the holder.

    Raises Forbidden, Refused (wrong state, or asked twice already), Invalid (no question).
    """
    case = lock_case(tracking_id)
    action = Action.HOLD if case.state == State.UNVERIFIED else Action.ASK_REPORTER
    authorize(actor, action, case)
    state = advanced(case, action)
    question = clean_text(question, field="question")
    if case.holds >= HOLDS_AT_MOST:
        raise Refused(
            _("Pelapor sudah ditanya dua kali. Jawab dengan keterangan yang ada, atau hubungi pelapor lewat balasan."),
            code="held_twice",
        )
    Hold.objects.create(case=case, asked_at=now, before_state=case.state, question=question)
    asked = write_message(case, MessageKind.QUESTION, question, actor=actor, at=now)
    case.state_before, case.state = case.state, state
    case.holds += 1
    case.hold_due_at = due_for(case, ClockName.COMPLETION, now)
    save_case(case, "case.held", actor=actor, at=now, data={"message": asked.pk})
    return case
