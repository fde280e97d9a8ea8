"""`restore DIR`: a backup into an empty data folder (or an empty database of DATABASE_URL)."""

from __future__ import annotations

import argparse
import base64
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg

from tanggap.config.cli_output import say
from tanggap.config.launch.instance import ERASURES, CannotRun, Instance
from tanggap.config.launch.prepare import prepare
from tanggap.config.operations.backup import DUMP, FILES, KEYS, MANIFEST, SECONDS, digest
from tanggap.config.operations.programs import libpq_environment, program
from tanggap.postgres import database_for


def run(instance: Instance, arguments: list[str]) -> int:
    """Restore; everything is checked before anything is written."""
    parser = argparse.ArgumentParser(prog="tanggap restore", description="A backup into an empty data folder.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="the file of keys, if it is kept apart")
    asked = parser.parse_args(arguments)
    keys: Path = asked.keys or asked.folder / KEYS
    manifest = check_backup(asked.folder, keys)
    check_empty(instance)
    with database_for(instance.data, progress=say) as url:
        check_database_empty(url)
        restore_keys(keys, instance)
        say("Files …")
        shutil.copytree(asked.folder / FILES, instance.files, dirs_exist_ok=True)
        if (asked.folder / ERASURES).exists():
            shutil.copy2(asked.folder / ERASURES, instance.erasures)
        say("Database …")
        load(url, asked.folder / DUMP)
        instance.remember(**manifest["facts"])
        prepare(instance, url, static=False)
        held = hold_messages(url)
    if held:
        say(f"{held} messages were waiting in the backup. They are not sent now: see the dead letters in the console.")
    say(f"Restored into {instance.data}. `tanggap audit` proves that nothing was lost.")
    say(f"Then forget again who was forgotten since: `tanggap erasures --replay` with the newest {ERASURES}.")
    return 0


def check_backup(folder: Path, keys: Path) -> dict[str, Any]:
    """The manifest, when the backup is whole and unchanged and the keys are those it was made with."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        wanted = manifest["digests"]
    except (FileNotFoundError, ValueError, KeyError) as error:
        raise CannotRun(f"{folder} holds no whole backup: {MANIFEST} is missing or damaged.") from error
    if not keys.exists():
        raise CannotRun(f"The keys are missing: {keys}. Give their file with --keys; without them no identity opens.")
    if digest(keys) != wanted[KEYS]:
        raise CannotRun(f"{keys} is not the file of keys of this backup.")
    if not (folder / DUMP).exists() or digest(folder / DUMP) != wanted[DUMP]:
        raise CannotRun(f"{folder / DUMP} is missing or was changed since it was made.")
    return manifest


def check_empty(instance: Instance) -> None:
    """Never over something: what is there may be all that somebody has."""
    if instance.facts() or (instance.keys.exists() and any(instance.keys.iterdir())):
        raise CannotRun(f"{instance.data} is in use. Restore into an empty folder: --data DIR.")


def check_database_empty(url: str) -> None:
    with psycopg.connect(url, connect_timeout=10) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if row and row[0]:
        raise CannotRun("The database is not empty. Restore into an empty one.")


def hold_messages(url: str) -> int:
    """Messages that waited when the backup was made may have gone since, and are stale: nobody is flooded with them.

    They stand among the dead letters, where a person can send them again.
    """
    with psycopg.connect(url, connect_timeout=10) as connection:
        done = connection.execute(
            "UPDATE notify_message SET state = 'cancelled', error = 'restored', claimed_until = NULL, inside_id = NULL"
            " WHERE state = 'pending'"
        )
        return done.rowcount


def restore_keys(source: Path, instance: Instance) -> None:
    """Each key to its place, readable by us alone."""
    instance.make_folders()
    for name, content in json.loads(source.read_text(encoding="utf-8")).items():
        descriptor = os.open(instance.keys / Path(name).name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64decode(content))


def load(url: str, source: Path) -> None:
    """pg_restore in one transaction: all of it or nothing."""
    command = [program("pg_restore"), "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    # Extensions belong to the superuser, so their comments are not ours to set.
    command += ["--no-comments", f"--dbname={libpq_environment(url)['PGDATABASE']}", str(source)]
    done = subprocess.run(
        command, env=libpq_environment(url), capture_output=True, text=True, timeout=SECONDS, check=False
    )
    if done.returncode:
        raise CannotRun(f"pg_restore failed: {done.stderr.strip()[-2000:]}")
