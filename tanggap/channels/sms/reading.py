"""A kept SMS as words. Pure."""

from __future__ import annotations

from tanggap.channels.said import Said, Sender, Unreadable
from tanggap.channels.sms.alphabets import text_of
from tanggap.channels.sms.header import is_for_a_program
from tanggap.channels.sms.packet import opened
from tanggap.common.contacts import normalize_phone


def read(payload: bytes) -> Said | None:
    """What a person said. None for what programs send, and for senders that are no phone: short codes and names, from
    which operators write their notices. Raises Unreadable."""
    try:
        sender, pieces = opened(payload)
    except ValueError:
        raise Unreadable("isi SMS tidak dapat dibaca") from None
    phone = normalize_phone(sender) or ""
    if not phone or any(piece and is_for_a_program(piece.header) for piece in pieces):
        return None
    return Said(Sender("sms", phone, phone, phone=phone, hint=f"…{phone[-4:]}"), text=text_of(pieces))
