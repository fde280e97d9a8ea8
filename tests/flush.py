"""pytest plugin: tests that commit leave the database as the migrations made it.

Django empties all tables after such a test. Here that must get past the ledger's refusals, and must put back the rows
that migrations and set-up wrote: tests that run afterwards count on them. Only what the test changed is touched, row by
row: making and throwing away the files of eighty tables takes ten times as long.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.creation import DatabaseCreation
from django.db.backends.postgresql.operations import DatabaseOperations

KEPT = "as_made"
TRIGGERS = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = %s"
# What the framework itself writes when the tables are made, and what belongs to the queue.
REMADE = {"django_content_type", "auth_permission", "django_migrations"}
QUEUE = "procrastinate_"
FILLED = "EXISTS (SELECT 1 FROM {table})"
DIFFERS = f"""EXISTS (
    (SELECT t::text FROM {{table}} t EXCEPT ALL SELECT k::text FROM {KEPT}.{{table}} k)
    UNION ALL (SELECT k::text FROM {KEPT}.{{table}} k EXCEPT ALL SELECT t::text FROM {{table}} t)
)"""

_create = DatabaseCreation.create_test_db


def _names(cursor: Any, statement: str, *parameters: str) -> list[str]:
    cursor.execute(statement, parameters)
    return [row[0] for row in cursor.fetchall()]


def _create_and_keep(self: DatabaseCreation, *args: Any, **kwargs: Any) -> str:
    """Make the test database, then keep what its migrations wrote."""
    name = _create(self, *args, **kwargs)
    keep()
    return name


def keep() -> None:
    """Copy every table that is not empty: what a flush gives back from now on."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {KEPT} CASCADE")
        cursor.execute(f"CREATE SCHEMA {KEPT}")
        for table in _names(cursor, TABLES, "public"):
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
            if table not in REMADE and cursor.fetchone() == (True,):
                cursor.execute(f"CREATE TABLE {KEPT}.{table} AS TABLE {table}")


def _changed(cursor: Any, kept: set[str]) -> list[str]:
    """The tables that hold other rows than they should, asked in one statement."""
    names = [name for name in _names(cursor, TABLES, "public") if name not in REMADE and not name.startswith(QUEUE)]
    asked = ((name, (DIFFERS if name in kept else FILLED).format(table=name)) for name in names)
    return _names(cursor, " UNION ALL ".join(f"SELECT '{name}' WHERE {differs}" for name, differs in asked))


def _flush(self: DatabaseOperations, statements: list[str]) -> None:
    with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
        kept = set(_names(cursor, TABLES, KEPT))
        changed = _changed(cursor, kept)
        guarded = set(_names(cursor, TRIGGERS)) & set(changed)
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        # No model of Django's knows that these are ours to empty.
        cursor.execute(f"DELETE FROM {QUEUE}jobs")
        for table in changed:
            cursor.execute(f"DELETE FROM {table}")
        for table in kept.intersection(changed):
            cursor.execute(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM {KEPT}.{table}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def pytest_configure(config: pytest.Config) -> None:
    assert connection.vendor == "postgresql"
    DatabaseCreation.create_test_db = _create_and_keep
    DatabaseOperations.execute_sql_flush = _flush
