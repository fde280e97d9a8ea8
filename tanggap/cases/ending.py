"""How a case ends without an answer: always with a reason and words everybody may read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tanggap.accounts.actor import Actor
from tanggap.cases.custody import end_custody, resume_custody
from tanggap.cases.models import Case, MessageKind
from tanggap.cases.pausing import abandon_hold
from tanggap.cases.recording import save_case
from tanggap.cases.texts import clean_text, write_message
from tanggap.cases.workflow import ArchiveReason, State


def archive(
    case: Case,
    *,
    reason: ArchiveReason,
    explanation: str,
    event: str,
    actor: Actor,
    now: datetime,
    data: dict[str, Any] | None = None,
) -> None:
    """Archive with a reason code and a public explanation; the state it had is kept for undoing.

    Raises Invalid without an explanation.
    """
    explanation = clean_text(explanation, field="explanation")
    write_message(case, MessageKind.EXPLANATION, explanation, actor=actor, at=now)
    # A hold that ends this way leaves the state before the hold: unarchiving must not lead back into waiting.
    case.state_before = case.state_before if case.state == State.ON_HOLD else case.state
    case.state = State.ARCHIVED
    case.archive_reason = reason.value
    case.closed_at = now
    abandon_hold(case, now=now)
    end_custody(case, now=now)
    save_case(case, event, actor=actor, at=now, data={"reason": reason.value, **(data or {})})


def unarchive(case: Case, *, state: str, event: str, actor: Actor, now: datetime, moved_by: str) -> None:
    """Back to the state before, with the custody it had."""
    case.state, case.state_before = state, ""
    case.archive_reason, case.closed_at, case.merged_into = "", None, None
    if case.forwarded_at is not None:
        resume_custody(case, now=now, moved_by=moved_by)
    save_case(case, event, actor=actor, at=now)
