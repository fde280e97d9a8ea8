"""Parts that waited become one message in the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tanggap.channels.models import SmsPart
from tanggap.channels.services.keep_inbound import Parcel, keep_inbound
from tanggap.channels.sms.packet import Origin, written
from tanggap.common.crypto import unseal_json


def hand_on_sms(*, parts: Sequence[SmsPart], now: datetime) -> None:
    """Put the message into the inbox, whole or without what never came. The caller holds the locks of the parts."""
    first = parts[0]
    opened = {part.number: unseal_json(part.sealed or b"", context=part.context) for part in parts}
    told = opened[first.number]
    origin = Origin(first.brand, told["from"], told["to"])
    pieces = [opened[number]["piece"] if number in opened else None for number in range(1, first.total + 1)]
    name = f"{bytes(first.message or b'').hex()}@{first.received_at.isoformat()}/{first.pk}"
    parcel = Parcel(name, written(origin, pieces), origin.account)
    keep_inbound(channel="sms", brand=first.brand, parcels=[parcel], now=now)
    SmsPart.objects.filter(pk__in=[part.pk for part in parts]).update(joined_at=now, sealed=None)
