"""The few statements that every submission runs, prepared once a connection.

Parsing and planning an INSERT of sixty columns costs PostgreSQL more than doing it, and composing it anew costs us
more still. They run inside the caller's transaction, on the connection of the ORM, and count among its queries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from typing import Any

import psycopg
from django.db import connection, models

Attributes = tuple[str, ...]


def run_prepared(query: str, params: Sequence[Any]) -> Any:
    """Run one statement with `$1`, `$2` …; its first row, or None where it gives none. Raises what the ORM would."""
    connection.ensure_connection()
    raw: Any = connection.connection
    # The ORM's own cursors bind on our side and are never prepared, whatever this says.
    raw.prepare_threshold = 0
    cursor: Any = psycopg.RawCursor(raw)
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with make(cursor) as wrapped:
        wrapped.execute(query, params)
        if connection.queries_logged:
            connection.queries_log[-1]["sql"] = query  # which the ORM cannot compose, having no %s in it
        return wrapped.fetchone() if cursor.description else None


def insert_rows(first: models.Model, parts: Sequence[models.Model] = ()) -> None:
    """Write a new row with a key of the database's, and rows that belong to it one to one, in one statement.

    What `save(force_insert=True)` does, for plain columns: no expression, no default of the database.
    """
    query, attributes = _insert(type(first), tuple(type(part) for part in parts))
    rows = (first, *parts)
    params = [row.__dict__[name] for row, names in zip(rows, attributes, strict=True) for name in names]
    first.pk = run_prepared(query, params)[0]
    for part in parts:
        part.pk = first.pk
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@cache
def _insert(first: type[models.Model], parts: tuple[type[models.Model], ...]) -> tuple[str, tuple[Attributes, ...]]:
    """The statement, and for each row the attributes it takes in their order."""
    numbers = count(1)
    key = _quoted(first._meta.pk)
    statements = [f"first AS ({_into(first, numbers, None)} RETURNING {key})"]
    given = f"(SELECT {key} FROM first)"  # noqa: S608 - our own names
    for place, part in enumerate(parts):
        statements.append(f"part{place} AS ({_into(part, numbers, given)})")
    query = f"WITH {', '.join(statements)} SELECT {key} FROM first"  # noqa: S608 - our own names
    return query, tuple(tuple(field.attname for field in _given(model)) for model in (first, *parts))


def _into(model: type[models.Model], numbers: Iterator[int], key: str | None) -> str:
    columns = [_quoted(field) for field in _given(model)]
    places = [f"${next(numbers)}" for _ in columns]
    if key is not None:
        columns, places = [_quoted(model._meta.pk), *columns], [key, *places]
    table = connection.ops.quote_name(model._meta.db_table)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(places)})"  # noqa: S608 - our own names


def _given(model: type[models.Model]) -> list[Any]:
    """All columns but the key."""
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _quoted(field: Any) -> str:
    return connection.ops.quote_name(str(field.column))
