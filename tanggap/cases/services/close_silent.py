"""The window passed without a word from the reporter."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.custody import end_custody
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.reached import answer_reached
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.workflow import Action, AnswerKind, Outcome, State


@transaction.atomic
def close_silent(*, tracking_id: str, actor: Actor, now: datetime, reached: bool | None = None) -> Case | None:
    """Close an answered case after its window as `silent`, or `unreached` when the answer reached nobody.

    `reached` overrides what the delivery reports and the reporter's own visits say.

    Returns None when there is nothing to close: replied meanwhile, or not yet due. Only a timer may (Forbidden).
    """
    case = lock_case(tracking_id)
    if case.state != State.ANSWERED or case.window_ends_at is None or case.window_ends_at >= now:
        return None
    authorize(actor, Action.CLOSE_SILENT, case)
    case.state = advanced(case, Action.CLOSE_SILENT)
    if reached is None:
        reached = answer_reached(case)
    if case.answer_kind == AnswerKind.REFUSED and reached:
        case.outcome = Outcome.REFUSED
    else:
        case.outcome = Outcome.SILENT if reached else Outcome.UNREACHED
    case.closed_at = now
    end_custody(case, now=now)
    save_case(case, "case.closed", actor=actor, at=now, data={"outcome": case.outcome})
    return case
