"""Ten working days without the reporter's answer to a question."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.ending import archive
from tanggap.cases.models import Case
from tanggap.cases.pausing import end_hold
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.workflow import Action, ArchiveReason, State


@transaction.atomic
def resume_hold(*, tracking_id: str, actor: Actor, now: datetime) -> Case | None:
    """Archive a case held before verification as incomplete; otherwise the agency's clocks run again.

    Returns None when there is nothing to do: completed meanwhile, or not due. Only a timer may (Forbidden).
    """
    case = lock_case(tracking_id)
    if case.state != State.ON_HOLD or case.hold_due_at is None or case.hold_due_at >= now:
        return None
    before_verification = case.state_before == State.UNVERIFIED
    action = Action.EXPIRE_HOLD if before_verification else Action.RESUME
    authorize(actor, action, case)
    state = advanced(case, action)
    if before_verification:
        archive(
            case,
            reason=ArchiveReason.INCOMPLETE,
            explanation=_("Pelapor tidak melengkapi laporan dalam sepuluh hari kerja."),
            event="case.archived",
            actor=actor,
            now=now,
        )
        return case
    case.state, case.state_before = state, ""
    end_hold(case, now=now)
    # Time alone wakes no imported case: only `sweep --at` comes here with one that sleeps.
    save_case(case, "case.resumed", actor=actor, at=now, wake=False)
    return case
