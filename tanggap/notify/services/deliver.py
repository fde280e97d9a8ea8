"""Sending what waits on one channel: once, in order per case and recipient, with no lock held meanwhile."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from tanggap.notify.delivery.round import Round
from tanggap.notify.models import Message, MessageState
from tanggap.notify.outgoing import Hours, any_hour
from tanggap.notify.services.record_report import apply_early_reports
from tanggap.notify.services.wake_channel import wake_channels

MOST = 1000
SECONDS = 45.0


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many messages left in this call, and how many still wait whose time has come."""

    sent: int
    waiting: int


def deliver(*, channel: str, now: datetime, most: int = MOST, hours: Hours = any_hour) -> Delivered:
    """Claim, hand over, write down, until nothing may go, `most` were tried or 45 seconds have passed.

    A message that `hours` names, kept past closing by a provider that was down, waits for its recipient's next opening.
    What crashes between handing over and writing down is tried again under the same key when its claim runs out.
    """
    began = time.monotonic()
    round_ = Round(channel, now, hours)
    tried = 0
    try:
        while tried < most and time.monotonic() - began < SECONDS:
            before = len(round_.sent)
            claimed = round_.run()
            apply_early_reports(channel=channel, provider_ids=round_.sent[before:])
            tried += claimed
            if not claimed:
                break
    finally:
        round_.close()
    wake_channels(round_.woken - {channel})
    due = Message.objects.filter(channel=channel, state=MessageState.PENDING, not_before__lte=round_.now)
    return Delivered(sent=len(round_.sent), waiting=due.count())
