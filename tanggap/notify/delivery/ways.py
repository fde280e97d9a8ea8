"""When a way leads nowhere: the next one, or the end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from tanggap.ledger.services.record import record
from tanggap.notify.addressing import index_of, is_reporter, opted_out, seal_ways, ways_of
from tanggap.notify.models import Message, MessageState
from tanggap.notify.outgoing import Way

FAILED = "message.failed"
ACTOR = "outbox"


def take_way(message: Message, number: int, *, now: datetime) -> None:
    """Point the message at one of its ways; it starts there as if new. Not saved."""
    ways, _at = ways_of(message)
    for name, value in seal_ways(message.key, ways, number).items():
        setattr(message, name, value)
    message.state, message.not_before, message.claimed_until = MessageState.PENDING, now, None
    message.attempts, message.provider_id, message.sent_at = 0, "", None


def usable(message: Message, numbers: Sequence[int]) -> list[tuple[int, Way]]:
    """Those of its ways that a reporter has not opted out of since."""
    ways, _at = ways_of(message)
    chosen = [(number, ways[number]) for number in numbers]
    refused = opted_out(way for _number, way in chosen) if is_reporter(message.recipient_key) else set()
    return [(number, way) for number, way in chosen if index_of(way) not in refused]


def next_way(message: Message) -> int | None:
    """The number of the next way that may be used, or None."""
    ways, at = ways_of(message)
    return next((number for number, _way in usable(message, range(at + 1, len(ways)))), None)


def give_up(message: Message, contents: Sequence[Message], *, error: str, now: datetime) -> str:
    """Its present way is closed: go on by the next one, or fail for good. The channel it now waits on, or none.

    What travels in it goes the same way: one bundle, one recipient. A failure is an event, so that whoever asked for
    the message can send it to somebody else.
    """
    following = next_way(message)
    ids = [row.pk for row in contents]
    if following is not None:
        take_way(message, following, now=now)
        message.error = error[:200]
        message.save(update_fields=_WAY_COLUMNS)
        Message.objects.filter(pk__in=ids).update(
            channel=message.channel, state=MessageState.PENDING, provider_id="", sent_at=None
        )
        return message.channel
    gone: Collection[int] = [message.pk, *ids]
    Message.objects.filter(pk__in=gone).update(state=MessageState.FAILED, error=error[:200], claimed_until=None)
    for row in (message, *contents):
        tell_failed(row, now=now)
    return ""


_WAY_COLUMNS = [
    "channel", "address_sealed", "ways_sealed", "state", "not_before", "claimed_until", "attempts", "provider_id",
    "sent_at", "error",
]  # fmt: skip


def tell_failed(message: Message, *, now: datetime) -> None:
    """The event by which others learn of it."""
    data = {"source": message.source, "template": message.template, "channel": message.channel, "copy": message.is_copy}
    record(FAILED, stream=f"message:{message.pk}", actor=ACTOR, at=now, data=data)
