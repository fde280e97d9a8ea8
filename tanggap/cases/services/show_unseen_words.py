"""Words that nobody cared to read are public after a while: silence of an office must not hide an objection."""

from __future__ import annotations

from datetime import datetime, timedelta

from tanggap.accounts.actor import TIMER
from tanggap.cases.deadlines import due_for
from tanggap.cases.models import ClockName, Message
from tanggap.cases.services.look_at_words import look_at_words

SHORTEST = timedelta(days=1)
BATCH = 500


def show_unseen_words(*, now: datetime) -> int:
    """Show what has waited as long as a new report may wait for its verification; how many entries."""
    rows = Message.objects.filter(unseen=True, at__lt=now - SHORTEST, case__published=True)
    rows = rows.select_related("case__agency").order_by("at", "id")
    late = {
        row.case.tracking_id: row.at for row in rows[:BATCH] if due_for(row.case, ClockName.VERIFICATION, row.at) < now
    }
    return sum(look_at_words(tracking_id=number, actor=TIMER, now=now, until=at) for number, at in late.items())
