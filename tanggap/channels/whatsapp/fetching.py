"""A file of a WhatsApp message, in two steps: its id gives an address that lives five minutes, the address the bytes.

Both want the token, so the address must lead to Meta (or to the configured server): a token is shown to nobody else.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO
from urllib.parse import urlsplit

from tanggap.channels.fetching import check_size, check_status, downloaded, same_origin, wire
from tanggap.channels.payloads import parsed, part, words
from tanggap.channels.said import Media, Unreadable
from tanggap.channels.whatsapp.reading import MEDIA
from tanggap.notify.transports.whatsapp import API_BASE
from tanggap.notify.transports.wire import is_http

# Where the Graph API keeps files: lookaside.fbsbx.com today, the others by Meta's own list of media hosts.
HOSTS = (".fbsbx.com", ".fbcdn.net", ".whatsapp.net")


@contextmanager
def fetch(media: Media, settings: Mapping[str, str], payload: bytes) -> Iterator[IO[bytes]]:
    """Open the file. Raises Unreadable for one that will never come, TransportError for one that may come later."""
    check_size(media)
    base = (settings.get("api_base") or API_BASE).rstrip("/")
    headers = {"Authorization": f"Bearer {settings.get('token', '')}"}
    with wire() as one:
        answer = one.exchange("GET", f"{base}/{media.reference}", headers=headers)
        check_status(answer.status)
        url = words(answer.object(), "url")
        if not _is_meta_s(url, base):
            raise Unreadable("alamat berkas tidak menuju Meta")
        with downloaded(one, url, headers, digest=_digest_in(payload)) as file:
            yield file


def _is_meta_s(url: str, base: str) -> bool:
    if not is_http(url):
        return False
    parts = urlsplit(url)
    host = parts.hostname or ""
    return same_origin(url, base) or (parts.scheme == "https" and parts.port in {None, 443} and host.endswith(HOSTS))


def _digest_in(payload: bytes) -> bytes | None:
    """The SHA-256 in the message, written in base64; none where it is no such thing."""
    message = part(parsed(payload), "message")
    given = words(part(message, words(message, "type")), "sha256") if words(message, "type") in MEDIA else ""
    try:
        digest = b64decode(given, validate=True)
    except (binascii.Error, ValueError):
        return None
    return digest if len(digest) == 32 else None
