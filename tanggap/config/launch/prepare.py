"""Migrations, reference data and static files, done when the code has changed since they were last done.

Asked without Django, so that a second start is quick; done by a child that runs `steps.py`.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg

from tanggap.config.launch.instance import ROOT, CannotRun, Instance

PACKAGE = ROOT / "tanggap"
STAMP = "code"
SKIPPED = {"tests", "__pycache__"}
SECONDS = 900


def _sources() -> Iterator[Path]:
    for folder, names, files in os.walk(PACKAGE):
        names[:] = sorted(name for name in names if name not in SKIPPED)
        yield from (Path(folder) / name for name in sorted(files) if not name.endswith((".pyc", ".mo")))
    yield ROOT / "requirements" / "base.txt"


@cache
def code_hash() -> str:
    """A digest of everything that decides what the database and the static files should hold."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(os.fsencode(path.relative_to(ROOT)) + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def database_is_current(url: str) -> bool:
    """Whether migrations and reference data of this code are in the database."""
    with psycopg.connect(url, connect_timeout=10) as connection:
        try:
            row = connection.execute("SELECT value FROM config_stamp WHERE name = %s", [STAMP]).fetchone()
        except psycopg.errors.UndefinedTable:
            return False
    return row is not None and row[0] == code_hash()


def is_in_use(url: str) -> bool:
    """Whether the prepared database holds people or cases."""
    with psycopg.connect(url, connect_timeout=10) as connection:
        for table in ("cases_case", "accounts_person"):
            try:
                if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608 - our own names
                    return True
            except psycopg.errors.UndefinedTable:
                connection.rollback()
    return False


def static_is_current(instance: Instance) -> bool:
    stamp = instance.static / ".made-from"
    return stamp.exists() and stamp.read_text(encoding="ascii") == code_hash()


def prepare(instance: Instance, url: str, *, static: bool) -> None:
    """Bring folder, keys and database up to date; raises CannotRun when that fails."""
    instance.make_folders()
    instance.make_keys()
    with instance.alone("prepare"):
        steps = [] if database_is_current(url) else ["database"]
        if static and not static_is_current(instance):
            steps.append("static")
        if not steps:
            return
        command = [sys.executable, "-P", "-m", "tanggap.config.launch.steps", *steps]
        with subprocess.Popen(
            command, env=instance.environment(url), stdin=subprocess.DEVNULL, stdout=sys.stderr
        ) as child:
            try:
                code = child.wait(SECONDS)
            except BaseException:
                child.terminate()
                raise
        if code:
            raise CannotRun("Setting up the database failed; the reason stands above. Nothing was started.")
