"""What was decided and has not left yet is called back when its clock stopped or stands still."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tanggap.escalation.models import Letter, TakenStep
from tanggap.escalation.telling import source_of
from tanggap.notify.models import Message, MessageState
from tanggap.notify.services.cancel_messages import cancel_messages

REASON = "tenggatnya sudah berhenti"
UNISSUED = (Letter.State.OPEN, Letter.State.WAITING)


@transaction.atomic
def stop_steps(*, running: Mapping[int, set[tuple[str, str]]], now: datetime) -> int:
    """Cancel the waiting messages of these cases' steps whose run is none of those that run now.

    A step none of whose messages left, or whose letter still waits for a signature, is marked as cancelled; what was
    sent stays what it is. Returns how many messages were called back.
    """
    steps = TakenStep.objects.filter(case_id__in=running, state=TakenStep.State.TAKEN)
    stopped = {
        source_of(step): step
        for step in steps.select_related("letter")
        if (step.clock, step.run) not in running[step.case_id]
    }
    unsigned = [step.pk for step in stopped.values() if step.letter and step.letter.state in UNISSUED]
    TakenStep.objects.filter(pk__in=unsigned).update(state=TakenStep.State.CANCELLED)
    waiting = set(
        Message.objects.filter(source__in=stopped, state=MessageState.PENDING).values_list("source", flat=True)
    )
    if not waiting:
        return 0
    cancelled = cancel_messages(sources=sorted(waiting), reason=REASON, now=now)
    left = set(
        Message.objects.filter(source__in=waiting)
        .exclude(state__in=[MessageState.CANCELLED, MessageState.UNDELIVERABLE, MessageState.SKIPPED])
        .values_list("source", flat=True)
    )
    gone = [stopped[source].pk for source in waiting - left]
    TakenStep.objects.filter(pk__in=gone).update(state=TakenStep.State.CANCELLED)
    return cancelled
