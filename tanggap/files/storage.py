"""The content of files on disk, each under its SHA-256 (`ab/cd/<hash>`), complete or not there at all."""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from tanggap.files.limits import GRACE

INCOMING = "incoming"


def root() -> Path:
    """The folder of all files of this instance."""
    return Path(settings.FILES_DIR)


def path_of(sha256: str) -> Path:
    """Where the content with this hash lies."""
    return root() / sha256[:2] / sha256[2:4] / sha256


@contextmanager
def incoming() -> Iterator[Path]:
    """A path for a file being received (mode 0600), on the same disk; gone afterwards unless it was stored."""
    folder = root() / INCOMING
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def keep(received: Path) -> tuple[str, int]:
    """Move a received file to its place and return (hash, size); synced, so that a crash cannot take it back.

    The same content arriving twice, even at the same moment, is one file: a rename replaces it by itself.
    """
    with received.open("rb") as file:
        sha256 = file_digest(file, "sha256").hexdigest()
        size = file.tell()
        os.fsync(file.fileno())
    target = path_of(sha256)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _folder_locked(target.parent) as folder:
        os.utime(received)
        os.rename(received, target)
        os.fsync(folder)
    for parent in (target.parent.parent, root()):
        _sync(parent)
    return sha256, size


def open_content(sha256: str) -> BinaryIO:
    """The content for reading. Raises FileNotFoundError."""
    return path_of(sha256).open("rb")


def erase(sha256: str) -> bool:
    """Remove the content unless it arrived (again) within the grace period; the caller knows no row needs it.

    Whether it is gone. The lock keeps an upload of the same content from slipping in between look and removal.
    """
    target = path_of(sha256)
    if not target.parent.exists():
        return True
    with _folder_locked(target.parent):
        try:
            age = time.time() - target.stat().st_mtime
        except FileNotFoundError:
            return True
        if age < GRACE.total_seconds():
            return False
        target.unlink()
    return True


def stored_hashes() -> Iterator[str]:
    """Every content on disk."""
    for folder in sorted(root().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]")):
        yield from (entry.name for entry in os.scandir(folder) if len(entry.name) == 64)


def clear_incoming() -> int:
    """Remove what interrupted uploads left behind more than a day ago; how many."""
    removed = 0
    folder = root() / INCOMING
    for entry in os.scandir(folder) if folder.exists() else ():
        if time.time() - entry.stat().st_mtime > 86_400:
            with suppress(FileNotFoundError):
                os.unlink(entry.path)
                removed += 1
    return removed


@contextmanager
def _folder_locked(folder: Path) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
