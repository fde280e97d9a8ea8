"""Messages that wait follow their recipient to a new address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tanggap.notify.addressing import seal_ways
from tanggap.notify.models import Channel, Message, MessageState
from tanggap.notify.outgoing import Way
from tanggap.notify.services.cancel_recipient import cancel_recipient

NO_WAY_LEFT = "tidak ada alamat lagi"


@transaction.atomic
def readdress_recipient(*, recipient_key: str, ways: Sequence[Way], now: datetime) -> int:
    """Point what waits at the new ways; how many messages. Without any way left it is called back."""
    if not ways:
        return cancel_recipient(recipient_key=recipient_key, reason=NO_WAY_LEFT, now=now)
    waiting = Message.objects.select_for_update().filter(recipient_key=recipient_key, state=MessageState.PENDING)
    # What a browser is told has a row of its own and goes to the same browser.
    rows = list(waiting.exclude(channel=Channel.WEBPUSH).order_by("id"))
    for row in rows:
        for name, value in seal_ways(row.key, ways).items():
            setattr(row, name, value)
        row.attempts = 0
    Message.objects.bulk_update(rows, ["channel", "address_sealed", "ways_sealed", "attempts"], batch_size=200)
    return len(rows)
