"""Fetching a file from a provider: whole or not at all, within a size and a time, from hosts we expect."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO
from urllib.parse import urlsplit

from tanggap.channels.said import Media, Unreadable
from tanggap.files.limits import MAX_BYTES
from tanggap.notify.transports.base import ProviderDown, Temporary
from tanggap.notify.transports.wire import TooLong, Wire

MOST_BYTES = max(MAX_BYTES.values())
SECONDS = 90.0
IN_MEMORY = 1024 * 1024
TOO_LARGE = "berkas terlalu besar"
GONE = "penyedia tidak menyimpan berkas ini lagi"
_LATER = {401, 403, 408, 425, 429}


def check_size(media: Media) -> None:
    """Raises Unreadable for a file of which its provider says that it is larger than any we take."""
    if media.size is not None and media.size > MOST_BYTES:
        raise Unreadable(TOO_LARGE)


@contextmanager
def wire() -> Iterator[Wire]:
    """Connections for one file."""
    one = Wire(seconds=SECONDS)
    try:
        yield one
    finally:
        one.close()


@contextmanager
def downloaded(one: Wire, url: str, headers: Mapping[str, str], *, digest: bytes | None = None) -> Iterator[IO[bytes]]:
    """The whole file, in memory or on disk while it is used. Raises as `registry.Reader.fetch` says.

    `digest` is the SHA-256 its sender's provider named: what came otherwise came damaged and is asked for again.
    """
    with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        try:
            status = one.download(url, file, headers, most=MOST_BYTES)
        except TooLong:
            raise Unreadable(TOO_LARGE) from None
        check_status(status)
        file.seek(0)
        if digest is not None and not hmac.compare_digest(_sha256_of(file), digest):
            raise Temporary("rusak: berkas tidak utuh sampai di sini")
        file.seek(0)
        yield file


def check_status(status: int) -> None:
    """Raises what an answer other than 200 means for a file; a redirect is followed by nobody."""
    if status == 200:
        return
    if status in _LATER or status >= 500 or status < 400:
        raise ProviderDown(f"{status}: penyedia tidak menyerahkan berkas sekarang")
    raise Unreadable(GONE)


def same_origin(url: str, base: str) -> bool:
    """Whether an address leads to the server we were configured with."""
    try:
        one, other = urlsplit(url), urlsplit(base)
        return (one.scheme, one.hostname, one.port) == (other.scheme, other.hostname, other.port)
    except ValueError:
        return False


def _sha256_of(file: IO[bytes]) -> bytes:
    found = sha256()
    while chunk := file.read(64 * 1024):
        found.update(chunk)
    return found.digest()
