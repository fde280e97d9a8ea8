"""Packets that nobody will bring again are forgotten; what they said is in the inbox."""

from __future__ import annotations

from datetime import datetime, timedelta

from tanggap.channels.models import SmsPart

# Longer than an operator keeps trying (sms/repetition.py), for gateways that queue over a weekend.
KEPT = timedelta(days=7)


def forget_sms(*, now: datetime) -> None:
    """Remove them, less those that still wait for the rest of their message."""
    SmsPart.objects.filter(received_at__lt=now - KEPT, joined_at__isnull=False).delete()
