"""Writing down what happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from psycopg.types.json import Jsonb

from tanggap.common.statements import run_prepared
from tanggap.ledger.chain import GENESIS, Link, link_hash, plain
from tanggap.ledger.models import Event

REACT = "react"
_ATTEMPTS = 20

# ON CONFLICT waits for the other writer's commit; it then costs a second try instead of the whole transaction.
_WRITTEN = """
    WITH written AS (
        INSERT INTO ledger_event (stream, seq, name, at, actor, data, personal, imported, prev_hash, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (stream, seq) DO NOTHING
        RETURNING id, recorded_at, stream
    ), moved AS (INSERT INTO ledger_movement (stream) SELECT stream FROM written)
"""
_INSERT = f"{_WRITTEN} SELECT id, recorded_at FROM written"  # noqa: S608 - our own words
# Fact and job in one statement, the job by procrastinate's own function.
_INSERT_AND_REACT = f"""
    {_WRITTEN} SELECT id, recorded_at, procrastinate_defer_jobs_v1(ARRAY[
        ROW('default', '{REACT}', 0, NULL, NULL, jsonb_build_object('event_id', id), NULL)
            ::procrastinate_job_to_defer_v1
    ]) FROM written
"""  # noqa: S608 - our own words
_HEAD = "SELECT seq, hash FROM ledger_event WHERE stream = $1 ORDER BY seq DESC LIMIT 1"


def record(
    name: str,
    *,
    stream: str,
    actor: str,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
    imported: bool = False,
    react: bool = True,
    first: bool = False,
) -> Event:
    """Append an event to `stream` and defer the job that reacts to it; both commit with the caller or not at all.

    `stream` and `actor` are keys (`case:12`, `person:5`, `timer`). `data` is hashed and kept for ever: codes,
    keys and digests, nothing personal. `personal` can be shredded. `first=True` says the stream is new and saves
    looking for its last event; when that is wrong the event is appended all the same.
    Raises ValueError for a time without zone, TypeError for data that JSON in PostgreSQL cannot give back.
    """
    if at.tzinfo is None:
        raise ValueError("an event needs a time with a zone")
    content, private = plain(data or {}), None if personal is None else plain(personal)
    with transaction.atomic(savepoint=False):
        statement = _INSERT_AND_REACT if react else _INSERT
        return _append(name, stream, actor, at, content, private, imported, first, statement)


def _append(
    name: str,
    stream: str,
    actor: str,
    at: datetime,
    data: dict[str, Any],
    personal: dict[str, Any] | None,
    imported: bool,
    first: bool,
    statement: str,
) -> Event:
    for attempt in range(_ATTEMPTS):
        seq, previous = (0, GENESIS) if first and attempt == 0 else _head(stream)
        link = Link(stream, seq + 1, name, at, actor, data, imported)
        own = link_hash(previous, link)
        private = None if personal is None else Jsonb(personal)
        row: tuple[Any, ...] = (stream, link.seq, name, at, actor, Jsonb(data), private, imported, previous, own)
        inserted = run_prepared(statement, row)
        if inserted is not None:
            return Event(
                id=inserted[0],
                recorded_at=inserted[1],
                **link._asdict(),
                personal=personal,
                prev_hash=previous,
                hash=own,
            )
    raise RuntimeError(f"{_ATTEMPTS} others wrote to {stream} first; lock the row it belongs to before recording")


def _head(stream: str) -> tuple[int, bytes]:
    row = run_prepared(_HEAD, (stream,))
    return (0, GENESIS) if row is None else (row[0], bytes(row[1]))
