"""One message, from its payload to what it changed and what we answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.channels import conversing, knowing
from tanggap.channels.marking import mark
from tanggap.channels.models import Inbound, InboundState
from tanggap.channels.registry import READERS
from tanggap.channels.said import Moved, Unreadable
from tanggap.common.crypto import unseal


def hear(row: Inbound, *, now: datetime) -> None:
    """Read it, then act on it and mark it in one transaction: a crash in between repeats it whole."""
    reader, payload = READERS[row.channel], unseal(row.sealed or b"", context=row.context)
    if reader.hear is not None:
        reader.hear(row, payload, now)
        return
    try:
        said = reader.read(payload)
    except Unreadable as reason:
        mark(row, InboundState.STUCK, now, reason=str(reason))
        return
    if said is None:
        mark(row, InboundState.IGNORED, now)
        return
    with transaction.atomic():
        kept = Inbound.objects.select_for_update().get(pk=row.pk)
        if kept.state != InboundState.NEW:
            return
        if isinstance(said, Moved):
            moved = knowing.move(kept, said.sender)
            mark(kept, InboundState.IGNORED, now, chat_id=moved.pk if moved else None)
            return
        chat, stream = conversing.converse(kept, said, now=now)
        mark(kept, InboundState.DONE, now, chat_id=chat.pk, stream=stream)
