"""Long SMS of which a part never came: what is there is handed on with a mark."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from tanggap.channels.models import SmsPart
from tanggap.channels.services.hand_on_sms import hand_on_sms
from tanggap.channels.sms.joining import PATIENCE, is_given_up, waiting_parts


def join_sms(*, now: datetime) -> int:
    """Hand on every message whose last part came too long ago, a transaction each; how many there were."""
    messages = SmsPart.objects.filter(joined_at__isnull=True).values("message").annotate(last=Max("received_at"))
    given_up = messages.filter(last__lte=now - PATIENCE).values_list("message", flat=True)
    return sum(_handed_on(bytes(message or b""), now) for message in list(given_up))


@transaction.atomic
def _handed_on(message: bytes, now: datetime) -> bool:
    waiting = waiting_parts(message)
    # The missing part may have come while we waited for the lock.
    if not waiting or not is_given_up(waiting, now):
        return False
    hand_on_sms(parts=waiting, now=now)
    return True
