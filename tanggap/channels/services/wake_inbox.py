"""Channels on which something waits are worked off, though whoever kept it forgot to say so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tanggap.channels.models import Inbound, InboundState
from tanggap.channels.services.keep_inbound import QUEUE, TASK
from tanggap.common.jobs import wake_after_commit


@transaction.atomic
def wake_inbox(*, now: datetime) -> list[str]:
    """Defer the job of each channel with a message that may be heard now; which ones."""
    ready = Inbound.objects.filter(Q(retry_at__isnull=True) | Q(retry_at__lte=now), state=InboundState.NEW)
    channels = sorted(ready.order_by().values_list("channel", flat=True).distinct())
    for channel in channels:
        wake_after_commit(task=TASK, queue=QUEUE, channel=channel)
    return channels
