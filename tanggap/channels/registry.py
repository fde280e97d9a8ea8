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
from tanggap.channels.social import fetching as social_files
from tanggap.channels.social import meta_reading, x_reading
from tanggap.channels.social.looking_up import completed
from tanggap.channels.social.public import hear_public
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
    alone. `complete` asks for words that the payload only points to, None where they are gone; raises as `fetch`.
    """

    read: Read
    fetch: Fetch | None = None
    hear: Hear | None = None
    comment: Act | None = None
    complete: Callable[[Inbound, Said], Said | None] | None = None


READERS: dict[str, Reader] = {
    "sms": Reader(sms.read),
    "whatsapp": Reader(whatsapp.read, whatsapp_files.fetch),
    "telegram": Reader(telegram.read, telegram_files.fetch),
    "email": Reader(email.read, email.fetch, hear=letters.hear),
    "facebook": Reader(meta_reading.read_facebook, social_files.fetch, comment=hear_public, complete=completed),
    "instagram": Reader(meta_reading.read_instagram, social_files.fetch, comment=hear_public, complete=completed),
    "x": Reader(x_reading.read, social_files.fetch, comment=hear_public),
}
