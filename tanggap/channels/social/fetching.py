"""A file of a private message or a post: its address stands in the payload, and leads to the network's own servers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO
from urllib.parse import urlsplit

from tanggap.channels.fetching import check_size, downloaded, same_origin, wire
from tanggap.channels.said import Media, Unreadable
from tanggap.notify.transports.wire import is_http
from tanggap.notify.transports.x_signing import authorization

# Where the networks keep what people send; a token is shown to none of these but X's own, for direct messages.
HOSTS = (".fbcdn.net", ".fbsbx.com", ".cdninstagram.com", ".twimg.com")
WITH_KEY = "ton.twitter.com"


@contextmanager
def fetch(media: Media, settings: Mapping[str, str], payload: bytes) -> Iterator[IO[bytes]]:
    """Open the file. Raises Unreadable for one that will never come, TransportError for one that may come later."""
    check_size(media)
    url = media.reference
    if not _is_theirs(url, settings.get("api_base", "")):
        raise Unreadable("alamat berkas tidak menuju jejaring itu")
    headers = {"Authorization": authorization(settings, "GET", url)} if _wants_key(url) else {}
    with wire() as one, downloaded(one, url, headers) as file:
        yield file


def _is_theirs(url: str, base: str) -> bool:
    if not is_http(url):
        return False
    parts = urlsplit(url)
    host = parts.hostname or ""
    safe = parts.scheme == "https" and parts.port in {None, 443}
    return same_origin(url, base) or (safe and (host.endswith(HOSTS) or host == WITH_KEY))


def _wants_key(url: str) -> bool:
    return urlsplit(url).hostname == WITH_KEY
