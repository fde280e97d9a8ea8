"""Writing down what became of a message."""

from __future__ import annotations

from datetime import datetime

from tanggap.channels.models import Inbound, InboundState


def mark(row: Inbound, state: InboundState, now: datetime, **values: object) -> None:
    """Its state, when it was reached, and what else is to stand in the row."""
    Inbound.objects.filter(pk=row.pk).update(state=state, done_at=now, **values)
