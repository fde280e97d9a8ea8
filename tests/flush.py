"""pytest plugin: tests that commit leave the database as the migrations made it.

Django empties tables after such a test. Here that must get past the ledger's refusal of TRUNCATE, and must put back
the rows that migrations and set-up wrote: tests that run afterwards count on them.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.creation import DatabaseCreation
from django.db.backends.postgresql.operations import DatabaseOperations

KEPT = "as_made"
GUARDED = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgtype & 32 = 32 AND NOT tgisinternal"
TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = %s"
# Written by Django itself after every flush.
REMADE = {"django_content_type", "auth_permission", "django_migrations"}

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


def _flush(self: DatabaseOperations, statements: list[str]) -> None:
    with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
        guarded = _names(cursor, GUARDED)
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        # No model of Django's knows that these tables are ours to empty.
        cursor.execute("DELETE FROM procrastinate_jobs")
        for table in _names(cursor, TABLES, KEPT):
            cursor.execute(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM {KEPT}.{table}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def pytest_configure(config: pytest.Config) -> None:
    assert connection.vendor == "postgresql"
    DatabaseCreation.create_test_db = _create_and_keep
    DatabaseOperations.execute_sql_flush = _flush
