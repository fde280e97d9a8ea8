"""Calling back what has not left yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tanggap.notify.models import Message, MessageState


@transaction.atomic
def cancel_messages(
    *, sources: Sequence[str], reason: str, now: datetime, recipients: Sequence[str] | None = None
) -> int:
    """Waiting messages of these sources become `cancelled`, those to some recipients or all; how many did.

    One that is just being handed over is cancelled too: should the provider take it, the row says so afterwards,
    should it not, nothing is tried again. What travelled in its bundle goes on alone.
    """
    if not sources:
        return 0
    waiting = Message.objects.select_for_update().filter(source__in=sources, state=MessageState.PENDING)
    if recipients is not None:
        waiting = waiting.filter(recipient_key__in=recipients)
    ids = list(waiting.order_by("id").values_list("id", flat=True))
    free = Q(inside__claimed_until__isnull=True) | Q(inside__claimed_until__lte=now)
    left = Message.objects.filter(free, inside__in=ids, state=MessageState.PENDING).exclude(id__in=ids)
    left.update(inside=None)
    return Message.objects.filter(id__in=ids).update(state=MessageState.CANCELLED, error=reason[:200])
