"""What the reporter adds: completes a case on hold, restarts the window of an answered one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.attachments import attach_draft
from tanggap.cases.deadlines import due_for
from tanggap.cases.models import Case, ClockName, MessageKind
from tanggap.cases.pausing import end_hold
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.texts import clean_text, write_message
from tanggap.cases.workflow import Action, State


@transaction.atomic
def reply_to_case(
    *, tracking_id: str, text: str, actor: Actor, now: datetime, channel: str = "", draft_token: str = ""
) -> Case:
    """Add the reporter's words to the thread.

    Raises Forbidden (not the reporter), Invalid (nothing written). No state refuses a reply.
    """
    case = lock_case(tracking_id)
    action = Action.COMPLETE if case.state == State.ON_HOLD else Action.REPLY
    authorize(actor, action, case)
    state = advanced(case, action)
    text = clean_text(text, field="reply")
    message = write_message(case, MessageKind.REPLY, text, actor=actor, at=now, channel=channel)
    attach_draft(case, draft_token, owner=f"message:{message.pk}")
    if action == Action.COMPLETE:
        case.state, case.state_before = state, ""
        case.completed_at = now
        end_hold(case, now=now)
    elif case.state == State.ANSWERED:
        case.window_ends_at = due_for(case, ClockName.WINDOW, now)
    save_case(case, "case.completed" if action == Action.COMPLETE else "case.replied", actor=actor, at=now)
    return case
