"""Our answer to a packet is on its way: from now on the operator has no reason to bring it again."""

from __future__ import annotations

from datetime import datetime

from tanggap.channels.models import SmsPart


def note_answer(*, part: int, now: datetime) -> None:
    """Write down when the packet of this row was answered; for one brought again, when it was answered last."""
    SmsPart.objects.filter(pk=part).update(answered_at=now)
