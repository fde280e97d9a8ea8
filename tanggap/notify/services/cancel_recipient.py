"""Calling back everything that waits for one recipient."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.notify.models import Message, MessageState


@transaction.atomic
def cancel_recipient(*, recipient_key: str, reason: str, now: datetime) -> int:
    """Messages waiting for `recipient_key` become `cancelled`; how many did."""
    if not recipient_key:
        return 0
    waiting = Message.objects.select_for_update().filter(recipient_key=recipient_key, state=MessageState.PENDING)
    ids = list(waiting.order_by("id").values_list("id", flat=True))
    return Message.objects.filter(id__in=ids).update(state=MessageState.CANCELLED, error=reason[:200])
