"""Erasing what is personal without breaking the history (UU PDP 27/2022: the right to erasure)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.ledger.models import Event
from tanggap.ledger.services.record import record

SHREDDED = "personal.shredded"


@transaction.atomic
def shred(*, stream: str, actor: str, now: datetime) -> int:
    """Blank `personal` in every event of `stream`, record that it was done, and return how many were blanked.

    The chain still verifies. Old row versions go with the next VACUUM, copies in backups when these expire.
    """
    blanked = Event.objects.filter(stream=stream, personal__isnull=False).update(personal=None)
    if blanked:
        record(SHREDDED, stream=stream, actor=actor, at=now, data={"events": blanked}, react=False)
    return blanked
