"""Forgetting where somebody was written to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.notify.models import Message, MessageState
from tanggap.notify.services.cancel_recipient import cancel_recipient
from tanggap.notify.transports import browsers

FORGOTTEN = "penerima minta dilupakan"


@transaction.atomic
def forget_recipient(*, recipient_key: str, now: datetime) -> int:
    """Call back what waits, forget browsers and the addresses of everything sent; how many messages knew one.

    The rows stay: that somebody was told, when, and what became of it.
    """
    browsers.forget_recipient(recipient_key)
    cancel_recipient(recipient_key=recipient_key, reason=FORGOTTEN, now=now)
    rows = Message.objects.filter(recipient_key=recipient_key).exclude(state=MessageState.PENDING)
    known = rows.exclude(address_sealed=None)
    return known.update(address_sealed=None, ways_sealed=None, recipient_name="", provider_id="")
