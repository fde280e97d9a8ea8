"""What officers' rooms keep no longer than it is of use; to be run every hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from tanggap.console.models import Batch, Export, Mention

BATCHES_KEPT = timedelta(days=30)
MENTIONS_KEPT = timedelta(days=90)


def forget_desks(*, now: datetime) -> int:
    """Files past their day, batches long done, mentions long read; how many rows went. Safe to repeat."""
    gone = Export.objects.filter(expires_at__lte=now).delete()[0]
    gone += Batch.objects.filter(created_at__lt=now - BATCHES_KEPT).delete()[0]
    return gone + Mention.objects.filter(at__lt=now - MENTIONS_KEPT).delete()[0]
