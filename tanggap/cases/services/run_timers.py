"""What time alone does: windows that passed, questions that stayed unanswered, promises whose day is over."""

from __future__ import annotations

from datetime import datetime

from tanggap.accounts.actor import TIMER
from tanggap.cases.models import Case
from tanggap.cases.services.break_pledges import break_pledges
from tanggap.cases.services.close_silent import close_silent
from tanggap.cases.services.resume_hold import resume_hold
from tanggap.cases.workflow import State

BATCH = 200


def run_timers(*, now: datetime, batch: int = BATCH) -> int:
    """Close and resume what is due at `now`, at most `batch` of each; returns how many changed.

    Reads the index on what is due, so the cost follows that and not how many cases are open. Imported cases
    sleep until somebody acts on them, so that an import cannot close a thousand cases overnight.
    """
    due = Case.objects.filter(due_at__lt=now, state__in=[State.ANSWERED, State.ON_HOLD], dormant=False).order_by(
        "due_at", "id"
    )
    changed = break_pledges(now=now, batch=batch)
    for tracking_id, state in due.values_list("tracking_id", "state")[:batch]:
        service = close_silent if state == State.ANSWERED else resume_hold
        changed += service(tracking_id=tracking_id, actor=TIMER, now=now) is not None
    return changed
