"""`backup DIR`: the database as of one moment, the files, and the key ring in a file apart.

DIR/database.dump   pg_dump, custom format
DIR/files/          attachments (sealed by the ring where they are confidential)
DIR/keys.json       the keys: without them nobody's identity opens; keep it somewhere else than the rest
DIR/erasures.jsonl  who was forgotten until then: what a restore of an older backup has to repeat
DIR/manifest.json   what, when, by which release, and the digests
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tanggap import __version__
from tanggap.config.cli_output import say
from tanggap.config.launch.instance import ERASURES, CannotRun, Instance
from tanggap.config.operations.programs import libpq_environment, program
from tanggap.postgres import database_for

DUMP, FILES, KEYS, MANIFEST = "database.dump", "files", "keys.json", "manifest.json"
SECONDS = 6 * 3600


def run(instance: Instance, arguments: list[str]) -> int:
    """Make a backup in a folder that does not exist yet or is empty."""
    parser = argparse.ArgumentParser(prog="tanggap backup", description="Database, files and keys into a folder.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    folder: Path = parser.parse_args(arguments).folder.absolute()
    if folder.exists() and any(folder.iterdir()):
        raise CannotRun(f"{folder} is not empty. A backup goes into a folder of its own.")
    if not instance.facts():
        raise CannotRun(f"There is nothing to back up in {instance.data}.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with database_for(instance.data, progress=say) as url:
        say("Database …")
        dump(url, folder / DUMP)
    # After the database: a file is stored before the row that names it, so every named file is there by now.
    say("Files …")
    shutil.copytree(instance.files, folder / FILES)
    if instance.erasures.exists():
        shutil.copy2(instance.erasures, folder / ERASURES)
    write_keys(instance.keys, folder / KEYS)
    write_manifest(instance, folder)
    say(f"Backup in {folder}. Move {KEYS} somewhere else: whoever has both reads every identity.")
    return 0


def dump(url: str, target: Path) -> None:
    """pg_dump into `target`, whole or not at all."""
    draft = target.with_suffix(".part")
    command = [program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--file={draft}"]
    done = subprocess.run(
        command, env=libpq_environment(url), capture_output=True, text=True, timeout=SECONDS, check=False
    )
    if done.returncode:
        draft.unlink(missing_ok=True)
        raise CannotRun(f"pg_dump failed: {done.stderr.strip()}")
    draft.chmod(0o600)
    draft.replace(target)


def write_keys(keys: Path, target: Path) -> None:
    """Every file of the key folder in one, readable by us alone."""
    held = {path.name: base64.b64encode(path.read_bytes()).decode() for path in keys.glob("*") if _is_key(path)}
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(held, file, indent=2)


def _is_key(path: Path) -> bool:
    return path.is_file() and path.suffix in {".key", ".json"}


def write_manifest(instance: Instance, folder: Path) -> None:
    """The last file written: a backup without it is not whole."""
    manifest: dict[str, Any] = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "release": __version__,
        "facts": {name: value for name, value in instance.facts().items() if name != "address"},
        "digests": {name: digest(folder / name) for name in (DUMP, KEYS)},
        "files": sum(1 for path in (folder / FILES).rglob("*") if path.is_file()),
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    """SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
