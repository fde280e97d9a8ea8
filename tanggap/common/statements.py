"""The few statements that every submission runs, prepared once a connection.

Parsing and planning an INSERT of sixty columns costs PostgreSQL more than doing it, and composing it anew costs us
more still. They run inside the caller's transaction, on the connection of the ORM, and count among its queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import psycopg
from django.db import connection, models


def run_prepared(query: str, params: Sequence[Any]) -> Any:
    """Run one statement; its first row, or None where it gives none. Raises what the ORM would."""
    connection.ensure_connection()
    raw: Any = connection.connection
    # The ORM's own cursors bind on our side and are never prepared, whatever this says.
    raw.prepare_threshold = 0
    cursor: Any = psycopg.Cursor(raw)
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with make(cursor) as wrapped:
        wrapped.execute(query, params)
        return wrapped.fetchone() if cursor.description else None


def insert_row(instance: models.Model) -> None:
    """What `save(force_insert=True)` does for a row of plain columns: no expression, no default of the database."""
    query, names, key = _insert(type(instance))
    values = instance.__dict__
    row = run_prepared(query, [values[name] for name in names])
    if key is not None:
        values[key] = row[0]
    instance._state.adding, instance._state.db = False, connection.alias


@cache
def _insert(model: type[models.Model]) -> tuple[str, tuple[str, ...], str | None]:
    """The statement, the attributes it takes, and the attribute that the database gives back."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    query = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - our own names
    automatic = next((field for field in model._meta.concrete_fields if isinstance(field, models.AutoField)), None)
    if automatic is None:
        return query, tuple(field.attname for field in fields), None
    return (
        f"{query} RETURNING {quote(str(automatic.column))}",
        tuple(field.attname for field in fields),
        automatic.attname,
    )
