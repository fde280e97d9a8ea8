"""The file of keys. Losing it loses every identity; whoever copies it can read them. Knows no Django.

Form (JSON, mode 0600): `{"current": "k1", "keys": {"k1": base64 of 32 bytes}, "index_key": …, "ledger_key": …,
"signing_key": …}`. `keys` seal data and can be rotated; the other three are fixed for the life of an instance,
because changing them would make every index, digest and signature of the past unverifiable.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

KEY_BYTES = 32


class KeysMissing(Exception):
    """There is no readable ring at the path; the message says what to do."""


@dataclass(frozen=True)
class KeyRing:
    """Keys by id, and which of them seals today. `repr` shows no key."""

    path: Path
    current: str
    keys: Mapping[str, bytes]
    index_key: bytes
    ledger_key: bytes
    signing_key: bytes

    def __repr__(self) -> str:
        return f"KeyRing(path={str(self.path)!r}, current={self.current!r}, keys={sorted(self.keys)!r})"

    @classmethod
    def create(cls, path: Path) -> KeyRing:
        """Make the ring if there is none, else load it; of two processes starting at once, one makes it.

        A hard link either takes the name or fails, so a half-written or second ring can never be seen.
        """
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            ring = cls(path, "k1", {"k1": _fresh()}, _fresh(), _fresh(), _fresh())
            with _written_aside(path, ring._as_json()) as temporary, suppress(FileExistsError):
                os.link(temporary, path)
            _sync_folder(path.parent)
        return cls.load(path)

    @classmethod
    def load(cls, path: Path) -> KeyRing:
        """Read the ring. Raises KeysMissing when it is absent or damaged."""
        try:
            stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                path=path,
                current=str(stored["current"]),
                keys={str(key_id): _key(text) for key_id, text in stored["keys"].items()},
                index_key=_key(stored["index_key"]),
                ledger_key=_key(stored["ledger_key"]),
                signing_key=_key(stored["signing_key"]),
            )._checked()
        except FileNotFoundError as error:
            raise KeysMissing(f"no key ring at {path}: restore it from its backup, or make one with bin/run") from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            # Without `from`: the original error may quote the file.
            raise KeysMissing(f"the key ring at {path} cannot be read ({type(error).__name__})") from None

    def rotate(self) -> KeyRing:
        """Add a key and seal with it from now on; what older keys sealed stays readable."""
        with _locked(self.path.parent):
            newest = KeyRing.load(self.path)
            key_id = f"k{max(int(existing[1:]) for existing in newest.keys) + 1}"
            ring = replace(newest, current=key_id, keys={**newest.keys, key_id: _fresh()})
            with _written_aside(self.path, ring._as_json()) as temporary:
                os.rename(temporary, self.path)
            _sync_folder(self.path.parent)
        return ring

    def _checked(self) -> KeyRing:
        if self.current not in self.keys:
            raise ValueError("the current key is not among the keys")
        return self

    def _as_json(self) -> str:
        return json.dumps(
            {
                "current": self.current,
                "keys": {key_id: b64encode(key).decode() for key_id, key in self.keys.items()},
                "index_key": b64encode(self.index_key).decode(),
                "ledger_key": b64encode(self.ledger_key).decode(),
                "signing_key": b64encode(self.signing_key).decode(),
            },
            indent=2,
        )


def _fresh() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def _key(text: str) -> bytes:
    key = b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("a key has the wrong length")
    return key


@contextmanager
def _written_aside(path: Path, text: str) -> Iterator[str]:
    """A complete, synced file of mode 0600 beside `path`; removed afterwards unless it was renamed."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".ring-")  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Only one rotation at a time; the lock goes with the process that holds it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
