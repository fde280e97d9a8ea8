"""The tables of the sandbox: a schema of the same database in which every table of ours stands once more, empty.

A page in training runs in a transaction whose `search_path` begins with that schema, so all the code above it reads and
writes there without knowing. What is not on the short list below is always the sandbox's own: a table that is added
tomorrow is kept apart without anybody thinking of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from psycopg import sql

from tanggap.common.worlds import SANDBOX, inside

EDITION: Final = 2
"""Raised when what the sandbox holds at first changes."""
KEPT: Final = timedelta(days=30)
LOCK: Final = 0x6C617469
FIRST_ID: Final = 9_000_000_000_000
"""Ids in there begin here, so that no key of the sandbox (`case:…`) is one outside."""

# Read in training as they are; nothing there writes them.
SHARED: Final = (
    "directory_region",
    "directory_referencerevision",
    "directory_referenceseed",
    "config_stamp",
    "accounts_practisedexercise",
)
# Django's and the sign-in's own: sessions, who is who, what was migrated.
SHARED_BEGINNINGS: Final = ("django_", "auth_", "account_", "mfa_", "axes_", "usersessions_")
# Rules and words that a case needs: copied, those for everybody alone.
COPIED: Final = {
    "cases_deadlinepolicy": "agency_id IS NULL",
    "cases_intakelimit": "true",
    "directory_category": "true",
    "directory_dayoff": "agency_id IS NULL",
    "directory_locale": "true",
    "directory_officeweek": "agency_id IS NULL",
    "escalation_ladder": "agency_id IS NULL",
    "escalation_ladderstep": "ladder_id IN (SELECT id FROM public.escalation_ladder WHERE agency_id IS NULL)",
    "escalation_letterpolicy": "true",
    "notify_wording": "true",
}
_TREE: Final = """
    INSERT INTO latihan.directory_agency SELECT * FROM public.directory_agency
    WHERE id = ANY (string_to_array(trim(both '/' from %s), '/')::bigint[])
"""
_BRAND: Final = "INSERT INTO latihan.directory_brand SELECT * FROM public.directory_brand WHERE is_default"
_TABLES: Final = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_IDENTITIES: Final = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'latihan' AND is_identity = 'YES' AND data_type = 'bigint'
"""
_STATE: Final = "SELECT %s || '.' || count(*) || '.' || coalesce(max(id), 0) FROM public.django_migrations"


@contextmanager
def sandbox() -> Iterator[None]:
    """Everything inside the block reads and writes the sandbox; at its end the database is the real one again.

    One transaction: `SET LOCAL` ends with it, also when the connection goes back into the pool after a fault.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path TO latihan, public")
        waiting = len(connection.run_on_commit)
        with inside(SANDBOX):
            yield
            _finish(waiting)
        cursor.execute("SET LOCAL search_path TO DEFAULT")


def _finish(waiting: int) -> None:
    """Do in here what was to follow the commit: out there it would wake the real worker for invented messages."""
    hooks = connection.run_on_commit[waiting:]
    del connection.run_on_commit[waiting:]
    for entry in hooks:
        entry[1]()


@transaction.atomic
def lay_tables(*, root_path: str) -> bool:
    """Make the sandbox if there is none, or anew if the product's tables changed since; True when it was made.

    What was practised in an old one is gone with it; who did which exercise is kept outside.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(_STATE, [str(EDITION)])
        (wanted,) = cursor.fetchone()
        if _made() == wanted:
            return False
        cursor.execute("DROP SCHEMA IF EXISTS latihan CASCADE")
        cursor.execute("CREATE SCHEMA latihan")
        cursor.execute(_TABLES)
        for (table,) in cursor.fetchall():
            if table not in SHARED and not table.startswith(SHARED_BEGINNINGS):
                cursor.execute(
                    sql.SQL("CREATE TABLE latihan.{0} (LIKE public.{0} INCLUDING ALL)").format(sql.Identifier(table))
                )
        _number_apart()
        _copy_rules(root_path)
        cursor.execute("CREATE TABLE latihan.passed (person_id bigint PRIMARY KEY, seconds bigint NOT NULL)")
        cursor.execute("CREATE TABLE latihan.made AS SELECT %s::text AS state, now() AS at", [wanted])
    return True


@transaction.atomic
def forget_old(*, now: datetime) -> bool:
    """Throw the sandbox away once it is older than `KEPT`: what people typed there is nobody's record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if not _made():
            return False
        cursor.execute("SELECT at < %s FROM latihan.made", [now - KEPT])
        old: bool = cursor.fetchone() == (True,)
        if old:
            cursor.execute("DROP SCHEMA latihan CASCADE")
    return old


def _made() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('latihan.made') IS NOT NULL")
        if cursor.fetchone() != (True,):
            return ""
        cursor.execute("SELECT state FROM latihan.made")
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def _number_apart() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_IDENTITIES)
        for table, column in cursor.fetchall():
            names = (sql.Identifier(table), sql.Identifier(column), sql.Literal(FIRST_ID))
            cursor.execute(sql.SQL("ALTER TABLE latihan.{} ALTER COLUMN {} RESTART WITH {}").format(*names))


def _copy_rules(root_path: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TREE, [root_path])
        cursor.execute(_BRAND)
        for table, rows in COPIED.items():
            name = sql.Identifier(table)
            copied = sql.SQL("INSERT INTO latihan.{0} SELECT * FROM public.{0} WHERE {1}")
            cursor.execute(copied.format(name, sql.SQL(rows)))
