"""Keeping one packet of SMS: committed before the operator is told that we have it."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from tanggap.channels.models import SmsPart
from tanggap.channels.services.hand_on_sms import hand_on_sms
from tanggap.channels.services.keep_inbound import Parcel, keep_inbound
from tanggap.channels.sms.header import Place, place_of
from tanggap.channels.sms.joining import are_of_another, seal_part, waiting_parts
from tanggap.channels.sms.packet import Packet, packed, written
from tanggap.channels.sms.repetition import Earlier, is_same
from tanggap.common.crypto import blind_index


@transaction.atomic
def keep_sms(*, packet: Packet, now: datetime) -> int:
    """Write the packet down, and hand its message on to the inbox when it is whole; a repetition changes nothing.

    The id of its row, for `note_answer`.
    """
    _one_at_a_time(packet)
    part = SmsPart(
        brand=packet.origin.brand,
        digest=blind_index("sms-packet", packet.content),
        certain=packet.certain,
        line=packet.line,
        received_at=now,
    )
    known = SmsPart.objects.filter(digest=part.digest).order_by("-id").first()
    if known is not None and is_same(_as_earlier(known), line=packet.line, now=now):
        # The answer that counts now is the one over this line.
        SmsPart.objects.filter(pk=known.pk).update(line=packet.line)
        return known.pk
    place = place_of(packet.piece.header)
    if place is None:
        _keep_whole(part, packet, now)
    else:
        _keep_part(part, packet, place, now)
    return part.pk


def _keep_whole(part: SmsPart, packet: Packet, now: datetime) -> None:
    moment = "" if part.certain else f"@{now.isoformat()}"
    name = f"{bytes(part.digest).hex()}{moment}"
    parcel = Parcel(name, written(packet.origin, [packed(packet.piece)]), packet.origin.account)
    keep_inbound(channel="sms", brand=part.brand, parcels=[parcel], now=now)
    part.joined_at = now
    part.save()


def _keep_part(part: SmsPart, packet: Packet, place: Place, now: datetime) -> None:
    """Beside those that wait, or as the first of a new message after theirs was handed on as it is."""
    part.total, part.number = place.total, place.number
    part.message = blind_index("sms-message", f"{packet.origin.name} {place.reference}/{place.total}")
    seal_part(part, packet)
    waiting = waiting_parts(part.message)
    if waiting and are_of_another(waiting, part):
        hand_on_sms(parts=waiting, now=now)
        waiting = []
    part.save()
    if len(waiting) + 1 == part.total:
        hand_on_sms(parts=[*waiting, part], now=now)


def _one_at_a_time(packet: Packet) -> None:
    """Packets of one sender follow each other, in all processes: two parts at once would not see each other."""
    with connection.cursor() as cursor:
        index = blind_index("sms-sender", packet.origin.account)
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(index[:8], signed=True)])


def _as_earlier(known: SmsPart) -> Earlier:
    return Earlier(known.certain, known.line, known.received_at, known.answered_at)
