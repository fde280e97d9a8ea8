"""The national admin opens a closed case again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.custody import resume_custody
from tanggap.cases.deadlines import due_for
from tanggap.cases.models import Case, ClockName, MessageKind
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.texts import clean_text, write_message
from tanggap.cases.workflow import Action


@transaction.atomic
def reopen_case(*, tracking_id: str, reason: str, actor: Actor, now: datetime) -> Case:
    """`closed` → `in_progress` with a public reason and a new limit. Raises Forbidden, Refused, Invalid."""
    case = lock_case(tracking_id)
    authorize(actor, Action.REOPEN, case)
    case.state = advanced(case, Action.REOPEN)
    reason = clean_text(reason, field="reason")
    write_message(case, MessageKind.EXPLANATION, reason, actor=actor, at=now)
    case.closed_at, case.outcome, case.window_ends_at = None, "", None
    case.reopens += 1
    case.objection_due_at = due_for(case, ClockName.RESOLUTION, now)
    resume_custody(case, now=now, moved_by=Action.REOPEN, reason=reason[:2000])
    save_case(case, "case.reopened", actor=actor, at=now, data={"reason": reason})
    return case
