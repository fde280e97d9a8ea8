"""How events are chained: pure, so that anybody can check a chain with the documented form and no database.

hash = SHA-256(previous hash + canonical JSON of [stream, seq, name, at, actor, data, imported]), where `at` is
ISO 8601 in UTC with six decimals, JSON has sorted keys, no spaces and no escapes beyond the necessary, and the
first event of a stream follows 32 zero bytes. `personal` stays outside, so that it can be erased.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from hashlib import sha256
from typing import Any, NamedTuple

GENESIS = bytes(32)


class Link(NamedTuple):
    """What one event contributes to its chain."""

    stream: str
    seq: int
    name: str
    at: datetime
    actor: str
    data: Mapping[str, Any]
    imported: bool


@dataclass(frozen=True)
class Finding:
    """Something that should not be: the stream (or `checkpoint:<day>`), a code, and where in the stream."""

    stream: str
    problem: str
    seq: int | None = None


def link_hash(previous: bytes, link: Link) -> bytes:
    """The hash that ties `link` to everything before it in its stream."""
    at = link.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [link.stream, link.seq, link.name, at, link.actor, link.data, link.imported]
    return sha256(previous + canonical_json(content)).digest()


def canonical_json(value: Any) -> bytes:
    """One spelling for equal JSON values."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def plain(value: Any) -> Any:
    """`value` in the JSON types that come back from the database exactly as they went in.

    Times and dates become ISO text, enumerations their value. Raises TypeError for a float (jsonb turns 1e22
    into an integer, and the chain would look broken: write decimals as text) and ValueError for NUL characters
    and lone surrogates, which PostgreSQL cannot keep.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _plain_text(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise TypeError(f"an event cannot hold {type(value).__name__}")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("the keys of an event's data are texts")
    return _plain_text(key)


def _plain_text(text: str) -> str:
    if "\0" in text:
        raise ValueError("an event cannot hold a NUL character")
    text.encode()  # raises UnicodeEncodeError, a ValueError, for a lone surrogate
    return str(text)


def check_link(previous: tuple[int, bytes], link: Link, prev_hash: bytes, own_hash: bytes) -> Finding | None:
    """What is wrong with an event that follows `previous` (seq, hash; `(0, GENESIS)` at the start), if anything."""
    seq, head = previous
    if link.seq != seq + 1:
        return Finding(link.stream, "event_missing", seq + 1)
    if prev_hash != head:
        return Finding(link.stream, "chain_broken", link.seq)
    if own_hash != link_hash(prev_hash, link):
        return Finding(link.stream, "event_altered", link.seq)
    return None


def merkle_root(leaves: list[bytes]) -> bytes:
    """The root over `leaves` in their order; leaf and inner hashes differ in their first byte (RFC 6962)."""
    level = [sha256(b"\0" + leaf).digest() for leaf in leaves] or [sha256(b"").digest()]
    while len(level) > 1:
        pairs = [sha256(b"\1" + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)]
        level = [*pairs, level[-1]] if len(level) % 2 else pairs
    return level[0]
