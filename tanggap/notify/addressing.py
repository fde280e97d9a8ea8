"""The addresses of a message: sealed, in order of preference, with a mark at the one in use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tanggap.common.crypto import blind_index, seal, seal_json, unseal, unseal_json
from tanggap.notify.models import Message, OptOut
from tanggap.notify.outgoing import Way

REPORTER = "reporter:"


def context_of(key: str) -> str:
    """Ties what is sealed to its message."""
    return f"message:{key}"


def seal_ways(key: str, ways: Sequence[Way], at: int = 0) -> dict[str, Any]:
    """The columns `channel`, `address_sealed` and `ways_sealed` for the way numbered `at`."""
    context = context_of(key)
    everything = {"at": at, "ways": [[way.channel, way.address] for way in ways]}
    return {
        "channel": ways[at].channel,
        "address_sealed": seal(ways[at].address.encode(), context=context),
        "ways_sealed": seal_json(everything, context=context) if len(ways) > 1 else None,
    }


def address_of(message: Message) -> str:
    """Where the message goes now; empty where it has nowhere to go."""
    if message.address_sealed is None:
        return ""
    return unseal(message.address_sealed, context=context_of(message.key)).decode()


def ways_of(message: Message) -> tuple[list[Way], int]:
    """All ways of the message in their order, and the number of the one in use."""
    if message.address_sealed is None:
        return [], 0
    if message.ways_sealed is None:
        return [Way(message.channel, address_of(message))], 0
    stored = unseal_json(message.ways_sealed, context=context_of(message.key))
    return [Way(channel, address) for channel, address in stored["ways"]], int(stored["at"])


def is_reporter(recipient_key: str) -> bool:
    """Citizens may ask not to be written to; posts may not."""
    return recipient_key.startswith(REPORTER)


def index_of(way: Way) -> bytes:
    """By which an opt-out of this address is found."""
    return blind_index("opt-out", f"{way.channel}:{way.address.strip().casefold()}")


def opted_out(ways: Iterable[Way]) -> set[bytes]:
    """Which of these addresses want no messages, by `index_of`; one query, none for no ways."""
    indexes = {index_of(way) for way in ways}
    if not indexes:
        return set()
    found = OptOut.objects.filter(address_index__in=indexes).values_list("address_index", flat=True)
    return {bytes(index) for index in found}
