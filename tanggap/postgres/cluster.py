"""Making a cluster, and the roles, the database and the extensions in it."""

from __future__ import annotations

import locale
import os
import secrets
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from tanggap.postgres.account import Account
from tanggap.postgres.binaries import Binaries
from tanggap.postgres.errors import PostgresError
from tanggap.postgres.home import Record, cluster_of

SUPERUSER = "postgres"
OWNER = "tanggap"
DATABASE = "tanggap"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "1GB",
    "max_wal_senders": "2",
    "max_worker_processes": "4",
    "autovacuum_max_workers": "2",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "idle_in_transaction_session_timeout": "5min",
    # A receipt shown to a citizen is a promise: it is on the disk before it is on the screen.
    "fsync": "on",
    "synchronous_commit": "on",
    # The log never repeats a statement or the values in it: they are people's words and numbers.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
}


def server_settings(major: int, socket: Path) -> dict[str, str]:
    """What the server is started with."""
    given = SETTINGS | {"unix_socket_directories": str(socket)}
    return given | {"io_method": "sync"} if major >= 18 else given


def _locale_arguments(major: int) -> list[str]:
    """A locale that sorts the same on every machine; upper and lower case by Unicode where the server can."""
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    previous = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return ["--locale=C"]
    finally:
        locale.setlocale(locale.LC_CTYPE, previous)
    return ["--locale=C.UTF-8"]


def make_cluster(home: Path, binaries: Binaries, account: Account, record: Record) -> None:
    """Make the cluster below `home`, whole or not at all: it gets its name when it is ready."""
    fresh = home / "cluster.new"
    if fresh.exists():
        shutil.rmtree(fresh)
    password = home / f".password-{secrets.token_hex(4)}"
    descriptor = os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(record.superuser_password + "\n")
    account.own(password)
    command = [binaries.program("initdb"), "-D", str(fresh), "-U", SUPERUSER, f"--pwfile={password}"]
    command += ["--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8", "--no-instructions"]
    command += [*_locale_arguments(binaries.major)]
    try:
        done = subprocess.run(
            command,
            cwd=home,
            env=server_environment(),
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
            **account.as_process(),
        )
    finally:
        password.unlink(missing_ok=True)
    if done.returncode:
        raise PostgresError(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")
    fresh.rename(cluster_of(home))


def server_environment() -> dict[str, str]:
    """What the server's programs see of our environment: no address, no secret."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


def check_version(home: Path, binaries: Binaries) -> None:
    """Refuse a cluster of another major version: the server would, less clearly."""
    made_by = (cluster_of(home) / "PG_VERSION").read_text(encoding="ascii").strip()
    if made_by != str(binaries.major):
        raise PostgresError(
            f"The database was made by PostgreSQL {made_by}, the programs here are {binaries.major}. "
            "Make a backup with the release that made it, then restore it with this one."
        )


def make_database(socket: Path, record: Record) -> None:
    """Make the owner, the database and its extensions; what is there already stays."""
    with psycopg.connect(
        host=str(socket), dbname="postgres", user=SUPERUSER, password=record.superuser_password, autocommit=True
    ) as connection:
        there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone()
        verb = sql.SQL("ALTER ROLE" if there else "CREATE ROLE")
        connection.execute(
            sql.SQL("{} {} LOGIN CREATEDB PASSWORD {}").format(
                verb, sql.Identifier(OWNER), sql.Literal(record.owner_password)
            )
        )
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )
    for database in ("template1", DATABASE):
        # In the template too, so that a database made for a measurement or a test has them.
        with psycopg.connect(
            host=str(socket), dbname=database, user=SUPERUSER, password=record.superuser_password, autocommit=True
        ) as connection:
            for extension in EXTENSIONS:
                connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
