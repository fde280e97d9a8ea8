"""Reading what names a brand's account on X, and the direct messages of those we wrote to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from django.db import transaction

from tanggap.cases.models import Case
from tanggap.channels.models import Chat, Position
from tanggap.channels.payloads import part
from tanggap.channels.services.keep_inbound import Parcel, keep_inbound
from tanggap.channels.social.asking_x import AskingX, Found, number_of
from tanggap.channels.social.meta_pieces import text_of
from tanggap.channels.social.posts import name_of
from tanggap.channels.social.x_reading import first_version, is_repeated
from tanggap.notify.models import ChannelConfig
from tanggap.notify.services.note_inbound import note_inbound
from tanggap.notify.transports.base import Temporary, TransportError
from tanggap.notify.transports.registry import settings_of

log = structlog.get_logger(__name__)
CHANNEL = "x"
ACCOUNT, MENTIONS, MESSAGES = "x-account", "x-mentions", "x-messages"
USUAL_PAUSE = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=6)
# Somebody who was asked in private is listened to so long at every look; otherwise now and then is enough.
EXPECTED = timedelta(days=7)
SELDOM = timedelta(minutes=30)


def poll_x(*, brand: str, now: datetime) -> int:
    """Keep what is new; how many pieces. Asks nothing while X wants to be left alone; its refusals are written down."""
    config = ChannelConfig.objects.filter(channel=CHANNEL, brand=brand, enabled=True).first()
    if config is None or _is_left_alone(brand, now):
        return 0
    settings = settings_of(config)
    asking = AskingX(settings)
    try:
        own = _account(asking, brand, settings["account"])
        kept = _mentions(asking, own, config, now)
        if _somebody_may_write(brand, now):
            kept += _messages(asking, own, config, now)
    except TransportError as failure:
        _leave_alone(brand, failure, now)
        return 0
    finally:
        asking.close()
    note_inbound(channel=CHANNEL, brand=brand, now=now, brought=kept > 0)
    return kept


def _is_left_alone(brand: str, now: datetime) -> bool:
    return Position.objects.filter(brand=brand, channel=MENTIONS, retry_at__gt=now).exists()


def _leave_alone(brand: str, failure: TransportError, now: datetime) -> None:
    """Until X said, else for a while; whoever looks after the channel reads why."""
    asked = failure.retry_after if isinstance(failure, Temporary) else None
    wait = USUAL_PAUSE if asked is None else min(timedelta(seconds=asked), LONGEST_PAUSE)
    Position.objects.update_or_create(brand=brand, channel=MENTIONS, defaults={"retry_at": now + wait})
    note_inbound(channel=CHANNEL, brand=brand, now=now, error=str(failure))
    log.info("x.left_alone", brand=brand, error=str(failure))


def _account(asking: AskingX, brand: str, name: str) -> str:
    """The number of our account: asked once for each name."""
    known = Position.objects.filter(brand=brand, channel=ACCOUNT).first()
    if known is not None and known.value.partition(" ")[0] == name.casefold():
        return known.value.partition(" ")[2]
    number = asking.number_of(name)
    value = f"{name.casefold()} {number}"
    Position.objects.update_or_create(brand=brand, channel=ACCOUNT, defaults={"value": value})
    return number


# -- posts -------------------------------------------------------------------------------------------------------------


def _mentions(asking: AskingX, own: str, config: ChannelConfig, now: datetime) -> int:
    """What names us since the last look.

    The position is `since`, or `since newest until` while a long line is worked off from its new end to its old one:
    set to the newest at once, everything between would be lost.
    """
    position, _made = Position.objects.get_or_create(brand=config.brand, channel=MENTIONS)
    since, newest, until = _marks(position.value)
    # Before the account was set up here nobody could expect an answer from us.
    limits = (
        {"since_id": str(since)} if since else {"start_time": f"{config.updated_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    )
    found = asking.mentions(own, limits | ({"until_id": str(until)} if until else {}))
    numbers = [number for event in found.events if (number := number_of(event))]
    top = max([newest, since, *numbers])
    if found.whole:
        position.value = str(top or "")
    elif numbers:
        position.value = f"{since} {top} {min(numbers)}"
    kept = _keep(config.brand, list(_posts(found, own)), position, now)
    if found.failure is not None:
        raise found.failure
    return kept


def _marks(value: str) -> tuple[int, int, int]:
    parts = [int(part) for part in value.split() if part.isdecimal()]
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (parts[0] if parts else 0, 0, 0)


def _posts(found: Found, own: str) -> Iterator[Parcel]:
    """Oldest first. Our own replies name us too, and what is only passed on is no new word."""
    for post in sorted(found.events, key=number_of):
        author, number = text_of(post, "author_id"), text_of(post, "id")
        if number_of(post) and author and author != own and not is_repeated(post):
            first = first_version(post)
            name = name_of(CHANNEL, first) + ("" if first == number else f":edited:{number}")
            yield Parcel(name, _payload("post", post, found), author)


# -- direct messages ---------------------------------------------------------------------------------------------------


def _somebody_may_write(brand: str, now: datetime) -> bool:
    """Each look costs: often while somebody was asked or is talking, else now and then."""
    asked = Case.objects.filter(unconfirmed=True, channel=CHANNEL, brand__slug=brand, received_at__gt=now - EXPECTED)
    talking = Chat.objects.filter(channel=CHANNEL, brand=brand, heard_at__gt=now - EXPECTED)
    lately = Position.objects.filter(brand=brand, channel=MESSAGES, read_at__gt=now - SELDOM)
    return not lately.exists() or asked.exists() or talking.exists()


def _messages(asking: AskingX, own: str, config: ChannelConfig, now: datetime) -> int:
    position, _made = Position.objects.get_or_create(brand=config.brand, channel=MESSAGES)
    known = int(position.value) if position.value.isdecimal() else 0
    found = asking.messages(known)
    fresh = [event for event in found.events if number_of(event) > known and text_of(event, "sender_id") != own]
    if not known:
        fresh = [
            event
            for event in fresh
            if text_of(event, "created_at") >= f"{config.updated_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
        ]
    if found.failure is None:
        position.value = str(max([known, *map(number_of, found.events)]) or "")
    parcels = [
        Parcel(f"direct:{number_of(event)}", _payload("direct", event, found), text_of(event, "sender_id"))
        for event in sorted(fresh, key=number_of)
        if text_of(event, "sender_id")
    ]
    kept = _keep(config.brand, parcels, position, now)
    if found.failure is not None:
        raise found.failure
    return kept


@transaction.atomic
def _keep(brand: str, parcels: list[Parcel], position: Position, now: datetime) -> int:
    """The words, and how far they were read, together or not at all."""
    keep_inbound(channel=CHANNEL, brand=brand, parcels=parcels, now=now)
    position.read_at, position.retry_at = now, None
    position.save()
    return len(parcels)


def _payload(kind: str, event: dict[str, Any], found: Found) -> bytes:
    keys = part(event, "attachments").get("media_keys")
    wanted = keys if isinstance(keys, list) else []
    media = [one for one in found.media if text_of(one, "media_key") in wanted]
    return json.dumps({kind: event, "media": media}, ensure_ascii=False).encode("utf-8", "replace")
