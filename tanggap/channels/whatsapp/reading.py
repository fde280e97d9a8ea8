"""One message of WhatsApp's webhook as words. Pure."""

from __future__ import annotations

import json
from typing import Any

from tanggap.channels.said import Said, Sender, Unreadable
from tanggap.common.contacts import normalize_phone


def read(payload: bytes) -> Said | None:
    """What a person said in `{"message": …, "contact": …}`, as the hook keeps it. Raises Unreadable."""
    try:
        kept: dict[str, Any] = json.loads(payload)
        message = kept["message"]
    except (ValueError, KeyError, TypeError):
        raise Unreadable("isi pesan tidak dapat dibaca") from None
    text = message.get("text")
    body = text.get("body", "") if isinstance(text, dict) else ""
    return Said(sender=sender_of(message), text=str(body))


def sender_of(message: dict[str, Any]) -> Sender:
    """By number where one is given."""
    number = str(message.get("from", ""))
    phone = normalize_phone(f"+{number}") or ""
    if not phone:
        raise Unreadable("pengirim tidak dikenal")
    return Sender("whatsapp", phone, phone, phone=phone, hint=f"…{phone[-4:]}")
