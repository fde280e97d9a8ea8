"""Leaving somebody alone, and writing to them again, as they wish."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.notify.addressing import index_of
from tanggap.notify.models import OptOut
from tanggap.notify.outgoing import Way


@transaction.atomic
def opt_out(*, way: Way, now: datetime, reason: str = "") -> bool:
    """No more messages to this address by this channel, waiting ones included; whether that is new.

    It meets what is sent to reporters. Posts cannot opt out: their address is their office's.
    """
    _row, made = OptOut.objects.get_or_create(
        channel=way.channel, address_index=index_of(way), defaults={"at": now, "reason": reason[:20]}
    )
    return made


@transaction.atomic
def opt_in(*, way: Way) -> bool:
    """Messages again; whether there was an opt-out."""
    return OptOut.objects.filter(channel=way.channel, address_index=index_of(way)).delete()[0] > 0
