"""The press is taken back before anything happened."""

from __future__ import annotations

from datetime import datetime

from tanggap.accounts.actor import Actor
from tanggap.console.models import Batch


def undo_batch(*, batch_id: int, actor: Actor, now: datetime) -> bool:
    """Whether it was in time. One statement: either it is undone, or its first case had its turn, never both."""
    waiting = Batch.objects.filter(pk=batch_id, person_id=actor.own_id, done_at__isnull=True)
    waiting = waiting.filter(undone_at__isnull=True, started_at__isnull=True)
    return bool(waiting.update(undone_at=now))
