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
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

Attributes = tuple[str, ...]


def run_prepared(query: str, params: Sequence[Any]) -> Any:
    """Run one statement with `$1`, `$2` …; its first row, or None where it gives none. Raises what the ORM would."""
    own: Any = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    raw = own.connection
    known: dict[str, _Statement] = raw.__dict__.setdefault("tanggap_statements", {})
    statement = known.get(query) or known.setdefault(query, _Statement(raw, f"tanggap_{len(known)}"))
    if not own.queries_logged:
        own.make_cursor(statement).execute(query, params)
    else:
        own.make_debug_cursor(statement).execute(query, params)
        own.queries_log[-1]["sql"] = query  # which the ORM cannot compose, having no %s in it
    return statement.first_row()


class _Statement:
    """One statement on one connection: what the ORM's wrappers need of a cursor, and no more.

    The server gives each parameter the type of its column. A cursor of psycopg names the types by the values, so that
    each combination of what was left out and how large a number is would be prepared and planned as another statement.
    """

    _query = None  # what the ORM's log asks a cursor of psycopg for, to show the values

    def __init__(self, raw: Any, name: str) -> None:
        self._raw, self._pgconn, self._name = raw, raw.pgconn, name.encode()
        self._adapter = Transformer(raw)
        self._formats: list[PyFormat] | None = None

    def execute(self, query: str, params: Sequence[Any]) -> None:
        """Run it in the transaction of the connection, beginning that as any cursor of psycopg does."""
        if not self._raw.autocommit and self._pgconn.transaction_status == TransactionStatus.IDLE:
            _checked(self._pgconn.exec_(b"BEGIN"))
        if self._formats is None:
            _checked(self._pgconn.prepare(self._name, query.encode()))
            self._formats = [PyFormat.TEXT] * len(params)
        values = self._adapter.dump_sequence(params, self._formats)
        self._result = _checked(self._pgconn.exec_prepared(self._name, values))

    def first_row(self) -> tuple[Any, ...] | None:
        """The first row of the last run."""
        self._adapter.set_pgresult(self._result)
        return self._adapter.load_row(0, tuple) if self._result.ntuples else None


def _checked(result: PGresult) -> PGresult:
    if result.status == ExecStatus.FATAL_ERROR:
        error = psycopg.errors.error_from_result(result)
        # An error without a code is not the server's: there is none any more at the other end.
        raise error if error.sqlstate else psycopg.OperationalError(str(error))
    return result


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
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


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
