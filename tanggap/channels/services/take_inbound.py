"""Working off the inbox of one channel: each message once, those of one sender in their order."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db.models import Exists, OuterRef, Q, QuerySet

from tanggap.channels.hearing import hear
from tanggap.channels.models import Inbound, InboundState
from tanggap.notify.services.note_inbound import note_inbound

log = structlog.get_logger(__name__)
BATCH = 50
PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))


def take_inbound(*, channel: str, now: datetime) -> int:
    """Take the messages that wait, a transaction each; how many were tried. One job of a channel runs at a time.

    A message that fails is tried again after a pause, and after the last one waits for a person. Behind it later
    messages of the same sender wait, so that an answer never overtakes the words it belongs to.
    """
    rows = list(_waiting(channel, now)[:BATCH])
    for row in rows:
        try:
            hear(row, now=now)
        except Exception as error:
            # Whatever one message does, those behind it are heard.
            log.exception("inbound.failed", inbound=row.pk, channel=channel)
            _put_off(row, error, now)
    for brand in {row.brand for row in rows}:
        note_inbound(channel=channel, brand=brand, now=now, brought=True)
    return len(rows)


def _waiting(channel: str, now: datetime) -> QuerySet[Inbound]:
    earlier = Inbound.objects.filter(
        channel=channel, state=InboundState.NEW, sender_index=OuterRef("sender_index"), pk__lt=OuterRef("pk")
    )
    ready = Inbound.objects.filter(Q(retry_at__isnull=True) | Q(retry_at__lte=now), channel=channel, state="new")
    return ready.exclude(Q(sender_index__isnull=False) & Exists(earlier)).order_by("id")


def _put_off(row: Inbound, error: Exception, now: datetime) -> None:
    attempts = row.attempts + 1
    if attempts > len(PAUSES):
        changes = {"state": InboundState.STUCK, "reason": f"gagal diolah ({type(error).__name__})", "done_at": now}
    else:
        changes = {"retry_at": now + PAUSES[attempts - 1]}
    Inbound.objects.filter(pk=row.pk, state=InboundState.NEW).update(attempts=attempts, **changes)
