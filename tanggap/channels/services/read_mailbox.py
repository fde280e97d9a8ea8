"""One round of reading a mailbox: each letter kept and committed before the mailbox learns that we have it."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from tanggap.channels.email.letter import identity_of, packed, sender_of
from tanggap.channels.email.mailbox import Box, Found
from tanggap.channels.models import Position
from tanggap.channels.services.keep_inbound import Parcel, keep_inbound
from tanggap.notify.services.note_inbound import note_inbound

CHANNEL = "email"
MOST_A_ROUND = 50
# A mailbox that is new to us begins with what nobody has read of the last days, not with years of letters.
FIRST_DAYS = timedelta(days=3)
AGAIN = timedelta(days=1)


def read_mailbox(*, box: Box, brand: str, now: datetime) -> bool:
    """Keep what is new, at most 50 letters, and only then mark it in the mailbox; whether more may be waiting.

    Where the mailbox gave its letters new numbers, those of the last days are looked at again: what is known already
    changes nothing. Raises CannotRead.
    """
    position, _made = Position.objects.get_or_create(brand=brand, channel=CHANNEL)
    validity, _colon, last = position.value.partition(":")
    if validity != str(box.validity):
        last = str(_beginning(box, position, now))
    uids = box.after(int(last or 0))
    for uid in uids[:MOST_A_ROUND]:
        _keep(box.fetch(uid), f"{box.validity}:{uid}", brand=brand, now=now)
        box.settle(uid)
    if not uids:
        _move(brand, f"{box.validity}:{last}", now)
    note_inbound(channel=CHANNEL, brand=brand, now=now, brought=bool(uids))
    return len(uids) > MOST_A_ROUND


def _beginning(box: Box, position: Position, now: datetime) -> int:
    """The number before the first letter to be read."""
    if position.read_at is None:
        found = box.since((now - FIRST_DAYS).date(), unread=True)
    else:
        found = box.since((position.read_at - AGAIN).date(), unread=False)
    return found[0] - 1 if found else box.last()


@transaction.atomic
def _keep(found: Found | None, place: str, *, brand: str, now: datetime) -> None:
    """The letter and how far we have read, in one: a crash repeats the letter, and the inbox knows it."""
    if found is not None:
        external_id = sha256(identity_of(found.raw)).hexdigest()
        parcel = Parcel(external_id, packed(found.raw, found.size), sender_of(found.raw))
        keep_inbound(channel=CHANNEL, brand=brand, parcels=[parcel], now=now)
    _move(brand, place, now)


def _move(brand: str, place: str, now: datetime) -> None:
    Position.objects.filter(brand=brand, channel=CHANNEL).update(value=place, read_at=now)
