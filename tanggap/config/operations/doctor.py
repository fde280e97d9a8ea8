"""`doctor`: what an operator should know before it hurts; a line a check, exit 1 when one fails."""

from __future__ import annotations

import argparse
import shutil
import stat
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg

from tanggap.common.keyring import KeyRing, KeysMissing
from tanggap.config.cli_output import say
from tanggap.config.launch.instance import Instance
from tanggap.config.launch.prepare import database_is_current
from tanggap.postgres import PostgresError, database_for
from tanggap.postgres.cluster import EXTENSIONS

LEAST_FREE_BYTES = 2 * 1024**3
WORKER_SILENT_AFTER = 60
CLOCK_APART = 5.0


@dataclass(frozen=True)
class Finding:
    """One check: its name, whether all is well, and what was seen."""

    name: str
    well: bool
    seen: str


def run(instance: Instance, arguments: list[str]) -> int:
    """Look at everything, change nothing."""
    argparse.ArgumentParser(prog="tanggap doctor", description="Check this instance.").parse_args(arguments)
    findings = [python_version(), disk(instance), keys(instance), clock_year()]
    if instance.facts():
        findings += _with_database(instance)
    else:
        findings.append(Finding("database", False, f"nothing has been set up in {instance.data} yet"))
    for finding in findings:
        sys.stdout.write(f"{'ok  ' if finding.well else 'FAIL'}  {finding.name:<12} {finding.seen}\n")
    return 0 if all(finding.well for finding in findings) else 1


def _with_database(instance: Instance) -> list[Finding]:
    checks: list[Callable[[psycopg.Connection], Finding]] = [server, safety, extensions, clock, jobs]
    if instance.is_running():
        checks.append(worker)
    found = []
    try:
        with database_for(instance.data, progress=say) as url, psycopg.connect(url, connect_timeout=10) as connection:
            for check in checks:
                try:
                    found.append(check(connection))
                except psycopg.Error as error:
                    connection.rollback()
                    found.append(Finding(check.__name__, False, type(error).__name__))
            current = database_is_current(url)
            seen = (
                "as this release wants them" if current else "of another release: the next start brings them up to date"
            )
            found.append(Finding("migrations", current, seen))
    except (PostgresError, psycopg.Error) as error:
        found.append(Finding("database", False, str(error).splitlines()[0]))
    return found


def python_version() -> Finding:
    return Finding("python", sys.version_info >= (3, 11), sys.version.split()[0])


def disk(instance: Instance) -> Finding:
    folder = next(path for path in (instance.data, *instance.data.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    return Finding("disk", free >= LEAST_FREE_BYTES, f"{free / 1024**3:.1f} GiB free")


def keys(instance: Instance) -> Finding:
    """The ring opens, and nobody else can read a key."""
    try:
        ring = KeyRing.load(instance.keys / "ring.json")
    except KeysMissing as error:
        return Finding("keys", False, str(error))
    open_to_others = [path.name for path in instance.keys.iterdir() if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_to_others:
        return Finding("keys", False, f"others can read {', '.join(sorted(open_to_others))}: chmod 600")
    return Finding("keys", True, f"{len(ring.keys)} in the ring, {ring.current} seals; is there a copy elsewhere?")


def clock_year() -> Finding:
    now = datetime.now(UTC)
    return Finding("clock", 2026 <= now.year < 2100, now.isoformat(timespec="seconds"))


def server(connection: psycopg.Connection) -> Finding:
    version = connection.info.server_version // 10000
    return Finding("postgresql", version >= 15, str(version))


def safety(connection: psycopg.Connection) -> Finding:
    """What was acknowledged is on the disk."""
    names = ("fsync", "synchronous_commit", "full_page_writes")
    values = {name: _one(connection, f"SELECT current_setting('{name}')") for name in names}
    bad = [name for name, value in values.items() if value not in ("on", "remote_apply", "remote_write", "local")]
    return Finding("durability", not bad, f"off: {', '.join(bad)}" if bad else "fsync and synchronous_commit are on")


def extensions(connection: psycopg.Connection) -> Finding:
    there = {row[0] for row in connection.execute("SELECT extname FROM pg_extension")}
    missing = sorted(set(EXTENSIONS) - there)
    return Finding("extensions", not missing, f"missing: {', '.join(missing)}" if missing else ", ".join(EXTENSIONS))


def clock(connection: psycopg.Connection) -> Finding:
    """Deadlines are reckoned by our clock, jobs by the server's."""
    apart = abs(float(str(_one(connection, "SELECT extract(epoch FROM clock_timestamp())"))) - time.time())
    return Finding("clocks", apart < CLOCK_APART, f"{apart:.1f} s between this machine and the database")


def worker(connection: psycopg.Connection) -> Finding:
    silent = _one(connection, "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers")
    if silent is None:
        return Finding("worker", False, "none has reported")
    return Finding("worker", float(str(silent)) < WORKER_SILENT_AFTER, f"last heard of {float(str(silent)):.0f} s ago")


def jobs(connection: psycopg.Connection) -> Finding:
    failed = _one(connection, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    waiting = _one(connection, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
    return Finding("jobs", not failed, f"{waiting} waiting, {failed} failed")


def _one(connection: psycopg.Connection, statement: str) -> object:
    row = connection.execute(statement).fetchone()
    return row[0] if row else None
