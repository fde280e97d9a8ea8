"""Reading the ledger and checking that it is whole."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from tanggap.common.crypto import verify_signature
from tanggap.ledger.chain import GENESIS, Finding, Link, check_link, merkle_root
from tanggap.ledger.heads import Heads, heads_of_day, leaves, read, signed_content
from tanggap.ledger.models import Checkpoint, Event

_BATCH = 5000
_NEXT_BATCH = """
    SELECT stream, seq, name, at, actor, data, imported, prev_hash, hash FROM ledger_event
    WHERE (stream, seq) > (%s, %s) ORDER BY stream, seq LIMIT %s
"""


def events_of(stream: str) -> QuerySet[Event]:
    """The events of a stream, oldest first."""
    return Event.objects.filter(stream=stream).order_by("seq")


def chain_is_intact(events: Iterable[Event]) -> bool:
    """Whether `events`, all of one stream and oldest first, are a whole unaltered chain."""
    return next(findings_in(events), None) is None


def findings_in(events: Iterable[Event]) -> Iterator[Finding]:
    """What is wrong within the events of one stream, oldest first."""
    previous = (0, GENESIS)
    for event in events:
        link = Link(event.stream, event.seq, event.name, event.at, event.actor, event.data, event.imported)
        finding = check_link(previous, link, bytes(event.prev_hash), bytes(event.hash))
        if finding is not None:
            yield finding
        previous = event.seq, bytes(event.hash)


def verify_chains() -> Iterator[Finding]:
    """Walk through every stream in batches of constant size; yields the first problem of each broken stream."""
    stream, previous, reported = "", (0, GENESIS), False
    for link, prev_hash, own in _all_links():
        if link.stream != stream:
            stream, previous, reported = link.stream, (0, GENESIS), False
        finding = None if reported else check_link(previous, link, prev_hash, own)
        if finding is not None:
            reported = True
            yield finding
        previous = link.seq, own


def _all_links() -> Iterator[tuple[Link, bytes, bytes]]:
    position = ("", 0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_NEXT_BATCH, (*position, _BATCH))
            rows = cursor.fetchall()
        for stream, seq, name, at, actor, data, imported, prev_hash, own in rows:
            # Django leaves jsonb of a plain cursor as text.
            yield Link(stream, seq, name, at, actor, json.loads(data), imported), bytes(prev_hash), bytes(own)
        if len(rows) < _BATCH:
            return
        position = rows[-1][0], rows[-1][1]


def verify_checkpoints() -> Iterator[Finding]:
    """Recompute every sealed day; yields the streams that differ, or `checkpoint:<day>` itself."""
    previous_root, expected = GENESIS, None
    for checkpoint in Checkpoint.objects.order_by("day").iterator(chunk_size=50):
        if expected is not None and checkpoint.day != expected:
            yield Finding(f"checkpoint:{expected}", "checkpoint_missing")
        yield from _check_checkpoint(checkpoint, previous_root)
        previous_root = bytes(checkpoint.root)
        expected = date.fromordinal(checkpoint.day.toordinal() + 1)


def _check_checkpoint(checkpoint: Checkpoint, previous_root: bytes) -> Iterator[Finding]:
    name = f"checkpoint:{checkpoint.day}"
    root = bytes(checkpoint.root)
    content = signed_content(checkpoint.day, root, bytes(checkpoint.previous_root), checkpoint.streams)
    if not verify_signature(content, bytes(checkpoint.signature)):
        yield Finding(name, "checkpoint_forged")
    elif bytes(checkpoint.previous_root) != previous_root:
        yield Finding(name, "checkpoint_out_of_order")
    actual = heads_of_day(checkpoint.day)
    if merkle_root(leaves(actual)) != root:
        named = list(_different_streams(_sealed_heads(checkpoint), actual))
        yield from named or [Finding(name, "checkpoint_differs")]


def _sealed_heads(checkpoint: Checkpoint) -> Heads:
    """The heads as sealed, or none if that column was damaged: the root is what counts."""
    try:
        sealed = read(zlib.decompress(bytes(checkpoint.heads)))
    except (zlib.error, ValueError):
        return {}
    return sealed if merkle_root(leaves(sealed)) == bytes(checkpoint.root) else {}


def _different_streams(sealed: Heads, actual: Heads) -> Iterator[Finding]:
    if not sealed:
        return
    for stream in sorted(sealed.keys() | actual.keys()):
        if sealed.get(stream) != actual.get(stream):
            yield Finding(stream, "differs_from_checkpoint", sealed.get(stream, (None, b""))[0])


def audit_ledger() -> Iterator[Finding]:
    """Everything wrong with the ledger itself: chains first, then the sealed days. Nothing when it is whole."""
    yield from verify_chains()
    yield from verify_checkpoints()
