"""One instance is one data folder; this is what lies in it and what its processes are told.

DIR/keys/           django.key, ring.json (0600): losing the ring loses every identity
DIR/files/          attachments by content hash
DIR/postgres/       the cluster (or DIR/database.json points to it)
DIR/static/ logs/ run/   can be made again
DIR/erasures.jsonl  who was forgotten: outside the database, for after a restore
DIR/instance.json   whether this is the example, and where it listens
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tanggap.common.keyring import KeyRing

ROOT = Path(__file__).resolve().parents[3]
SUPERVISED = "TANGGAP_SUPERVISED"
ERASURES = "erasures.jsonl"


class CannotRun(Exception):
    """The instance cannot be brought up; the message says why and what to do."""


@dataclass(frozen=True)
class Instance:
    """A data folder, absolute."""

    data: Path

    @classmethod
    def at(cls, given: str | None) -> Instance:
        """The folder named by --data, else TANGGAP_DATA, else `.data` in the checkout."""
        return cls(Path(given or os.environ.get("TANGGAP_DATA") or ROOT / ".data").absolute())

    @property
    def keys(self) -> Path:
        return Path(os.environ.get("TANGGAP_KEYS") or self.data / "keys")

    @property
    def files(self) -> Path:
        return Path(os.environ.get("TANGGAP_FILES") or self.data / "files")

    @property
    def static(self) -> Path:
        return self.data / "static"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def runtime(self) -> Path:
        return self.data / "run"

    @property
    def erasures(self) -> Path:
        return self.data / ERASURES

    @property
    def note(self) -> Path:
        return self.data / "instance.json"

    def make_folders(self) -> None:
        """Make what lacks. Whoever can read keys, files or logs is us alone."""
        self.data.mkdir(parents=True, exist_ok=True)
        for folder in (self.keys, self.files, self.logs, self.runtime):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.static.mkdir(exist_ok=True)

    def make_keys(self) -> None:
        """Make the keys of a new instance. An instance that had keys and lost them is not given others in silence."""
        ring = self.keys / "ring.json"
        if not ring.exists() and self.facts().get("has_keys"):
            raise CannotRun(
                f"The key ring {ring} is gone. Without it no identity can be read. Put it back from its backup "
                "(docs/runbooks/keys.md); a new one would not open anything."
            )
        KeyRing.create(ring)
        _write_secret_once(self.keys / "django.key", secrets.token_urlsafe(48))
        if not self.facts().get("has_keys"):
            self.remember(has_keys=True)

    def facts(self) -> dict[str, Any]:
        """What `instance.json` says; empty before the first start."""
        try:
            stored: dict[str, Any] = json.loads(self.note.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise CannotRun(f"{self.note} is damaged: {error}") from error
        return stored

    def remember(self, **facts: Any) -> None:
        """Add facts to `instance.json`, whole or not at all."""
        with self.alone("instance"):
            text = json.dumps({**self.facts(), **facts}, indent=2, sort_keys=True) + "\n"
            descriptor, name = tempfile.mkstemp(dir=self.data, prefix=".instance-")
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(name, self.note)

    @contextmanager
    def alone(self, what: str) -> Iterator[None]:
        """One process at a time for `what`."""
        self.runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.runtime / f"{what}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def supervised(self) -> Iterator[bool]:
        """Hold the instance as its one supervisor; False when another holds it already."""
        self.runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.runtime / "supervisor.lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def is_running(self) -> bool:
        """Whether a supervisor holds the instance."""
        if not self.runtime.exists():
            return False
        with self.supervised() as free:
            return not free

    def environment(self, database_url: str, **more: str) -> dict[str, str]:
        """What every process of this instance sees: production settings, its folder, its database."""
        facts: Mapping[str, Any] = self.facts()
        given = {
            "DJANGO_SETTINGS_MODULE": "tanggap.config.settings",
            "TANGGAP_DATA": str(self.data),
            "TANGGAP_PRODUCTION": "1",
            "DATABASE_URL": database_url,
            "PYTHONPATH": str(ROOT),
            "TANGGAP_DEMO": "1" if facts.get("demo") else "0",
        }
        if "TANGGAP_BASE_URL" not in os.environ and facts.get("address"):
            given["TANGGAP_BASE_URL"] = facts["address"]
        return {**os.environ, **given, **more}


def _write_secret_once(path: Path, value: str) -> None:
    """Write a secret unless there is one; of two processes at once, one wins and both use it."""
    if path.exists():
        return
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(value + "\n")
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(name)
