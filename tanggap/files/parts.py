"""Files that arrive in pieces: what came so far lies on disk, and its length is how far it came.

No row is written: a server that restarts, or another process that gets the next piece, goes on where the disk says.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, Refused, TooMany
from tanggap.files.limits import MAX_BYTES, MAX_CHUNK, MAX_PARTS_BYTES, MAX_PARTS_PER_OWNER
from tanggap.files.services.accept_upload import refused_kind, too_large
from tanggap.files.sniff import sniff
from tanggap.files.storage import INCOMING, root

_PREFIX: Final = "part-"


class Part(NamedTuple):
    """What came so far, open at its end."""

    file: BinaryIO
    path: Path


@contextmanager
def part_of(owner: str, name: str) -> Iterator[Part]:
    """The part called `name` of `owner`, open at its end; nobody else writes meanwhile. Made when it is not there."""
    folder = root() / INCOMING
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{_mark(owner)}{sha256(name.encode()).hexdigest()[:32]}"
    if not path.exists():
        _check_room(folder, owner)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0, os.SEEK_END)
        yield Part(file, path)


def add_chunk(part: Part, *, offset: int, size: int, content: bytes) -> int:
    """Put `content` at `offset` of a file of `size` bytes; how much is there now.

    A piece that does not begin where the part ends is left aside: the answer says where to go on. Raises Invalid for a
    kind or size that is not taken, at the first piece.
    """
    there = part.file.tell()
    if not 0 < size <= max(MAX_BYTES.values()) or len(content) > MAX_CHUNK or offset + len(content) > size:
        raise Invalid(_("Berkas terlalu besar."), code="file_too_large", field="files")
    if offset != there or not content:
        return there
    if offset == 0:
        sniffed = sniff(content)
        if sniffed.kind is None:
            raise refused_kind(sniffed)
        if size > MAX_BYTES[sniffed.kind]:
            raise too_large(sniffed.kind)
    part.file.write(content)
    part.file.flush()
    return there + len(content)


def forget(part: Part) -> None:
    """Take the part away: it became a file, or never will."""
    part.path.unlink(missing_ok=True)


def _mark(owner: str) -> str:
    return f"{_PREFIX}{sha256(owner.encode()).hexdigest()[:32]}-"


def _check_room(folder: Path, owner: str) -> None:
    """Bounded for one sender in number, for all together in bytes: nobody fills the disk with beginnings."""
    parts = [entry for entry in os.scandir(folder) if entry.name.startswith(_PREFIX)]
    if sum(entry.name.startswith(_mark(owner)) for entry in parts) >= MAX_PARTS_PER_OWNER:
        raise TooMany(_("Terlalu banyak berkas dikirim sekaligus. Coba lagi sebentar."), retry_after=60)
    if sum(_size(entry) for entry in parts) > MAX_PARTS_BYTES:
        raise Refused(_("Berkas belum dapat disimpan saat ini. Coba lagi beberapa menit lagi."), code="no_room")


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except FileNotFoundError:
        return 0
