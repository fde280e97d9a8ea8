"""A file of a Telegram message: getFile names its path, which lives an hour. Bots get up to 20 MB."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO
from urllib.parse import quote

from tanggap.channels.fetching import TOO_LARGE, check_size, downloaded, wire
from tanggap.channels.payloads import part, words
from tanggap.channels.said import Media, Unreadable
from tanggap.notify.transports.base import ProviderDown
from tanggap.notify.transports.telegram import API_BASE

_PATH = re.compile(r"[\w./-]{1,300}", re.ASCII)


@contextmanager
def fetch(media: Media, settings: Mapping[str, str], payload: bytes) -> Iterator[IO[bytes]]:
    """Open the file. Raises Unreadable for one that will never come, TransportError for one that may come later."""
    check_size(media)
    base = (settings.get("api_base") or API_BASE).rstrip("/")
    token = settings.get("token", "")
    with wire() as one:
        answer = one.exchange("GET", f"{base}/bot{token}/getFile?file_id={quote(media.reference, safe='')}")
        if "too big" in words(answer.object(), "description").lower():
            raise Unreadable(TOO_LARGE)
        if not answer.good:
            # 404 is a wrong token, 400 a file that is "temporarily unavailable": both may mend.
            raise ProviderDown(f"{answer.status}: Telegram tidak menyerahkan berkas sekarang")
        path = words(part(answer.object(), "result"), "file_path")
        if not _PATH.fullmatch(path) or ".." in path or path.startswith("/"):
            raise Unreadable("Telegram tidak menyebut tempat berkas")
        with downloaded(one, f"{base}/file/bot{token}/{path}", {}) as file:
            yield file
