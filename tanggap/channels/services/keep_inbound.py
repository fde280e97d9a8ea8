"""Keeping what a provider brings, before the provider is told that we have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tanggap.channels.models import Inbound
from tanggap.common.crypto import blind_index, seal
from tanggap.common.jobs import wake_after_commit

TASK = "take"
QUEUE = "inbox"
LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message of a payload: the provider's id, its own piece of the payload, and who sent it (`Sender.account`)."""

    external_id: str
    payload: bytes
    sender: str = ""


@transaction.atomic
def keep_inbound(*, channel: str, brand: str, parcels: Sequence[Parcel], now: datetime) -> None:
    """Write the messages down, sealed; what is known already changes nothing. Acknowledge only after the commit."""
    rows = [_row(channel, brand, parcel, now) for parcel in parcels]
    if rows:
        Inbound.objects.bulk_create(rows, ignore_conflicts=True)
        wake_after_commit(task=TASK, queue=QUEUE, name=f"{TASK}:{channel}", arguments={"channel": channel})


def _row(channel: str, brand: str, parcel: Parcel, now: datetime) -> Inbound:
    row = Inbound(channel=channel, external_id=parcel.external_id[:LONGEST_ID], brand=brand, received_at=now)
    row.sealed = seal(parcel.payload, context=row.context)
    row.sender_index = blind_index(f"inbound-{channel}", parcel.sender) if parcel.sender else None
    return row
