"""Which reader understands the payloads of which channel, and who fetches its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tanggap.channels import said
from tanggap.channels.email import hearing as letters
from tanggap.channels.email import reading as email
from tanggap.channels.models import Chat, Inbound
from tanggap.channels.said import Fetched, Media, Said
from tanggap.channels.sms import reading as sms
from tanggap.channels.telegram import fetching as telegram_files
from tanggap.channels.telegram import reading as telegram
from tanggap.channels.whatsapp import fetching as whatsapp_files
from tanggap.channels.whatsapp import reading as whatsapp
from tanggap.files.services.accept_upload import Readable

Read = Callable[[bytes], said.Read]
Fetch = Callable[[Media, Mapping[str, str], bytes], AbstractContextManager[Readable]]
Hear = Callable[[Inbound, bytes, datetime], None]


class Act(Protocol):
    """Acts on a message inside the transaction that marks it: the chat, if there is one, and the case's stream."""

    def __call__(self, row: Inbound, said: Said, fetched: Fetched, *, now: datetime) -> tuple[Chat | None, str]: ...


@dataclass(frozen=True, slots=True)
class Reader:
    """`read` gives what a person said, None for what is no person's word; raises Unreadable.

    `fetch` opens one file of a message with the channel's settings and the payload; raises Unreadable for one that
    will never come, OSError or TransportError for one that may come later. `hear` does all that follows from a message
    on a channel where nobody converses: letters. `comment` is what becomes of public words; without it they are left
    alone.
    """

    read: Read
    fetch: Fetch | None = None
    hear: Hear | None = None
    comment: Act | None = None


READERS: dict[str, Reader] = {
    "sms": Reader(sms.read),
    "whatsapp": Reader(whatsapp.read, whatsapp_files.fetch),
    "telegram": Reader(telegram.read, telegram_files.fetch),
    "email": Reader(email.read, email.fetch, hear=letters.hear),
}
