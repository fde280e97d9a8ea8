"""The reporter agrees: solved."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.custody import end_custody
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.workflow import Action, AnswerKind, Outcome


@transaction.atomic
def confirm_case(*, tracking_id: str, actor: Actor, now: datetime) -> Case:
    """Close an answered case; its outcome is `refused` if the answer refused. Raises Forbidden, Refused."""
    case = lock_case(tracking_id)
    authorize(actor, Action.CONFIRM, case)
    case.state = advanced(case, Action.CONFIRM)
    case.outcome = Outcome.REFUSED if case.answer_kind == AnswerKind.REFUSED else Outcome.CONFIRMED
    case.closed_at = now
    end_custody(case, now=now)
    save_case(case, "case.closed", actor=actor, at=now, data={"outcome": case.outcome})
    return case
