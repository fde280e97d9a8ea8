"""Messages for the tests of the outbox."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tanggap.notify.outgoing import Outgoing, Way

WIB = ZoneInfo("Asia/Jakarta")
MORNING = datetime(2026, 11, 9, 9, 0, tzinfo=WIB)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
MAIL = Way("email", "petugas@contoh.id")
PHONE = Way("sms", "+6281234567890")
CHAT = Way("whatsapp", "+6281234567890")
VALUES = {
    "tracking_id": "K7M2-9QXA-V",
    "link": "https://lapor.contoh.id/l/K7M2-9QXA-V",
    "clock": "Hari ke-2 dari 5, jatuh tempo Rabu, 25 November 2026 pukul 23.59 WIB.",
    "agency": "Dinas Pekerjaan Umum Kabupaten Sampang",
    "about": "Lampu jalan padam",
    "text": "Lampu sudah diganti.",
}


def outgoing(key: str, **given: Any) -> Outgoing:
    """A message to an officer by mail, unless told otherwise."""
    usual: dict[str, Any] = {
        "template": "answer_reminder",
        "ways": [MAIL],
        "due_at": MORNING,
        "not_before": MORNING,
        "values": VALUES,
        "stream": "case:1",
        "source": f"event:{key}",
        "recipient_key": "person:1",
        "recipient_name": "Petugas",
        "brand": "nasional",
    }
    return Outgoing(key=key, **{**usual, **given})
