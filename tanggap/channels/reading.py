"""A kept message in words, for whoever may read it."""

from __future__ import annotations

from tanggap.channels.models import Inbound
from tanggap.channels.registry import READERS
from tanggap.channels.said import Said, Unreadable
from tanggap.common.crypto import CannotUnseal, unseal


def payload_of(row: Inbound) -> bytes:
    """The payload as it came; empty once its retention has passed, or when its key is lost."""
    if row.sealed is None:
        return b""
    try:
        return unseal(row.sealed, context=row.context)
    except CannotUnseal:
        return b""


def said_in(row: Inbound) -> Said | None:
    """What a person said in it; None where nothing can be made of it."""
    reader = READERS.get(row.channel)
    payload = payload_of(row)
    if reader is None or not payload:
        return None
    try:
        said = reader.read(payload)
    except Unreadable:
        return None
    return said if isinstance(said, Said) else None
