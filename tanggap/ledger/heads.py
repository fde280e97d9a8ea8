"""The last event of each stream that moved on a day: what a checkpoint seals and the audit compares."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db import connection

from tanggap.ledger.chain import canonical_json

_HEADS_OF_DAY = """
    SELECT DISTINCT ON (stream) stream, seq, hash FROM ledger_event
    WHERE recorded_at >= %s AND recorded_at < %s ORDER BY stream, seq DESC
"""

Heads = dict[str, tuple[int, bytes]]


def heads_of_day(day: date) -> Heads:
    """Stream → (seq, hash) of its last event written on `day` (UTC), in the order of the streams."""
    start = datetime.combine(day, time.min, UTC)
    with connection.cursor() as cursor:
        cursor.execute(_HEADS_OF_DAY, (start, start + timedelta(days=1)))
        return {stream: (seq, bytes(own)) for stream, seq, own in cursor.fetchall()}


def leaves(heads: Heads) -> list[bytes]:
    """The leaves of the Merkle tree, sorted by stream."""
    return [canonical_json([stream, seq, own.hex()]) for stream, (seq, own) in sorted(heads.items())]


def written(heads: Heads) -> bytes:
    """A line `stream seq hash` for each head."""
    return "\n".join(f"{stream} {seq} {own.hex()}" for stream, (seq, own) in sorted(heads.items())).encode()


def read(text: bytes) -> Heads:
    """What `written` wrote."""
    lines = (line.rsplit(" ", 2) for line in text.decode().splitlines())
    return {stream: (int(seq), bytes.fromhex(own)) for stream, seq, own in lines}


def signed_content(day: date, root: bytes, previous_root: bytes, streams: int) -> bytes:
    """What the signature of a checkpoint covers."""
    return canonical_json(["tanggap checkpoint", day.isoformat(), root.hex(), previous_root.hex(), streams])
