"""Which reader understands the payloads of which channel, and who fetches its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from tanggap.channels.models import Inbound
from tanggap.channels.said import Media, Said
from tanggap.channels.sms import reading as sms
from tanggap.channels.whatsapp import reading as whatsapp
from tanggap.files.services.accept_upload import Readable

Read = Callable[[bytes], Said | None]
Fetch = Callable[[Media, Mapping[str, str], bytes], AbstractContextManager[Readable]]
Hear = Callable[[Inbound, bytes, datetime], None]


@dataclass(frozen=True, slots=True)
class Reader:
    """`read` gives what a person said, None for what is no person's word; raises Unreadable.

    `fetch` opens one file of a message with the channel's settings and the payload; raises Unreadable for one that
    will never come, OSError or TransportError for one that may come later. `hear` does all that follows from a message
    on a channel where nobody converses: letters.
    """

    read: Read
    fetch: Fetch | None = None
    hear: Hear | None = None


READERS: dict[str, Reader] = {
    "sms": Reader(sms.read),
    "whatsapp": Reader(whatsapp.read),
}
