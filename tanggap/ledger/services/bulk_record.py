"""Many events at once, for imports: chained in memory, written by COPY, without reactions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from tanggap.ledger.chain import GENESIS, Link, link_hash, plain

_HEADS = """
    SELECT DISTINCT ON (stream) stream, seq, hash FROM ledger_event
    WHERE stream = ANY(%s) ORDER BY stream, seq DESC
"""
_COPY = """
    COPY ledger_event (stream, seq, name, at, actor, data, personal, imported, prev_hash, hash) FROM STDIN
"""
_MOVED = "INSERT INTO ledger_movement (stream) SELECT unnest(%s::text[])"


@dataclass(frozen=True)
class Entry:
    """One event to be written; the fields mean what they mean to `record`."""

    name: str
    stream: str
    actor: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, Any] | None = None
    imported: bool = False


def bulk_record(entries: Iterable[Entry], *, new_streams: bool = False) -> int:
    """Append `entries`, in their order within each stream, and return how many; no reaction is deferred.

    `new_streams=True` promises that none of the streams has an event yet. Otherwise the caller holds the locks
    of the rows they belong to: a concurrent writer makes the whole batch fail on the unique constraint.
    """
    batch = list(entries)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        heads: dict[str, tuple[int, bytes]] = {}
        if not new_streams:
            cursor.execute(_HEADS, (list({entry.stream for entry in batch}),))
            heads = {stream: (seq, bytes(own)) for stream, seq, own in cursor.fetchall()}
        with cursor.copy(_COPY) as copy:
            for entry in batch:
                copy.write_row(_row(entry, heads))
        cursor.execute(_MOVED, [list(dict.fromkeys(entry.stream for entry in batch))])
    return len(batch)


def _row(entry: Entry, heads: dict[str, tuple[int, bytes]]) -> tuple[Any, ...]:
    if entry.at.tzinfo is None:
        raise ValueError("an event needs a time with a zone")
    seq, previous = heads.get(entry.stream, (0, GENESIS))
    data = plain(entry.data)
    own = link_hash(previous, Link(entry.stream, seq + 1, entry.name, entry.at, entry.actor, data, entry.imported))
    heads[entry.stream] = seq + 1, own
    personal = None if entry.personal is None else Jsonb(plain(entry.personal))
    return (
        entry.stream, seq + 1, entry.name, entry.at, entry.actor, Jsonb(data), personal, entry.imported, previous, own
    )  # fmt: skip
