"""One message, from its payload to what it changed and what we answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.channels import conversing
from tanggap.channels.models import Inbound, InboundState
from tanggap.channels.registry import READERS
from tanggap.channels.said import Unreadable
from tanggap.common.crypto import unseal


def hear(row: Inbound, *, now: datetime) -> None:
    """Read it, then act on it and mark it in one transaction: a crash in between repeats it whole."""
    try:
        said = READERS[row.channel].read(unseal(row.sealed or b"", context=row.context))
    except Unreadable as reason:
        _mark(row, InboundState.STUCK, now, reason=str(reason))
        return
    if said is None:
        _mark(row, InboundState.IGNORED, now)
        return
    with transaction.atomic():
        kept = Inbound.objects.select_for_update().get(pk=row.pk)
        if kept.state != InboundState.NEW:
            return
        chat, stream = conversing.converse(kept, said, now=now)
        _mark(kept, InboundState.DONE, now, chat_id=chat.pk, stream=stream)


def _mark(row: Inbound, state: InboundState, now: datetime, **values: object) -> None:
    Inbound.objects.filter(pk=row.pk).update(state=state, done_at=now, **values)
