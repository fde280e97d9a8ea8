"""The parts of one long SMS: gathered in any order, handed on as one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tanggap.channels.models import SmsPart
from tanggap.channels.sms.packet import Packet, packed
from tanggap.common.crypto import seal_json

# A phone sends its parts within seconds, and a centre that found it busy tries again within minutes. Longer nobody
# should wait for an answer; what comes later is heard as a message of its own. Phones use a reference again sooner
# or later (of 8 bits after 256 messages), so a set that is no longer waited for is closed.
PATIENCE = timedelta(minutes=10)


def seal_part(part: SmsPart, packet: Packet) -> None:
    """What a part must still know when the others are there."""
    origin = packet.origin
    kept = {"from": origin.sender, "to": origin.recipient, "piece": packed(packet.piece)}
    part.sealed = seal_json(kept, context=part.context)


def waiting_parts(message: bytes) -> list[SmsPart]:
    """The parts of this message that wait, locked until commit, in the order they came."""
    return list(SmsPart.objects.select_for_update().filter(message=message, joined_at__isnull=True).order_by("id"))


def are_of_another(waiting: Sequence[SmsPart], part: SmsPart) -> bool:
    """Whether the parts that wait belong to an earlier message under the same reference."""
    return is_given_up(waiting, part.received_at) or part.number in {one.number for one in waiting}


def is_given_up(waiting: Sequence[SmsPart], now: datetime) -> bool:
    """Whether the newest of the parts has waited long enough."""
    return now - waiting[-1].received_at >= PATIENCE
