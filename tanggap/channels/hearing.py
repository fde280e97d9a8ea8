"""One message, from its payload to what it changed and what we answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.channels import conversing, knowing
from tanggap.channels.drafting import fetched_files
from tanggap.channels.marking import mark
from tanggap.channels.models import Chat, Inbound, InboundState
from tanggap.channels.registry import READERS
from tanggap.channels.said import Fetched, Moved, Said, Unreadable
from tanggap.channels.social.confirming import confirm, confirm_by_adding
from tanggap.common.crypto import unseal


def hear(row: Inbound, *, now: datetime) -> None:
    """Read it, fetch what is with it, then act on it and mark it in one transaction: a crash in between repeats it.

    Raises what a fetch that may succeed later raises; the inbox tries again.
    """
    reader, payload = READERS[row.channel], unseal(row.sealed or b"", context=row.context)
    if reader.hear is not None:
        reader.hear(row, payload, now)
        return
    try:
        said = reader.read(payload)
        if isinstance(said, Said) and reader.complete is not None:
            said = reader.complete(row, said)
    except Unreadable as reason:
        mark(row, InboundState.STUCK, now, reason=str(reason))
        return
    act = reader.comment if isinstance(said, Said) and said.public else _in_private
    if said is None or act is None:
        mark(row, InboundState.IGNORED, now)
        return
    fetched = fetched_files(row, said, reader, payload, now) if isinstance(said, Said) else Fetched()
    with transaction.atomic():
        kept = Inbound.objects.select_for_update().get(pk=row.pk)
        if kept.state != InboundState.NEW:
            return
        if isinstance(said, Moved):
            moved = knowing.move(kept, said.sender)
            mark(kept, InboundState.IGNORED, now, chat_id=moved.pk if moved else None)
            return
        chat, stream = act(kept, said, fetched, now=now)
        mark(kept, InboundState.DONE, now, chat_id=chat.pk if chat else None, stream=stream)


def _in_private(row: Inbound, said: Said, fetched: Fetched, *, now: datetime) -> tuple[Chat | None, str]:
    """A conversation, or the word for which a report that began in public waits."""
    chat, stream = confirm(row, said, now=now) or conversing.converse(row, said, fetched, now=now)
    confirm_by_adding(said, stream, now=now)
    return chat, stream
