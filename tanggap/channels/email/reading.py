"""A kept letter as words, for whoever reads the inbox; and its files. Pure."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tanggap.channels.email.letter import Letter, open_letter
from tanggap.channels.email.machines import why_no_person
from tanggap.channels.said import Media, Said, Sender, Unreadable
from tanggap.files.services.accept_upload import Readable


def read(payload: bytes) -> Said | None:
    """What a person wrote; None for what no person did. Raises Unreadable."""
    letter = open_letter(payload)
    return None if why_no_person(letter, ours=()) else said_in(letter)


def said_in(letter: Letter) -> Said:
    """The letter in the form every channel has."""
    media = tuple(Media(str(one.number), one.kind, one.name, one.size) for one in letter.files)
    return Said(
        sender=sender_in(letter), text=letter.words, at=letter.at, media=media, quotes="".join(letter.references[:1])
    )


def sender_in(letter: Letter) -> Sender:
    """Who wrote, and where an answer goes. Never to a Reply-To: that could be somebody else's address."""
    local, _at, domain = letter.address.partition("@")
    return Sender("email", letter.address, letter.address, email=letter.address, hint=f"{local[:1]}…@{domain[:1]}…")


@contextmanager
def fetch(media: Media, settings: Mapping[str, str], payload: bytes) -> Iterator[Readable]:
    """One file of the letter, out of the payload itself. Raises Unreadable for one that did not come whole."""
    letter = open_letter(payload)
    found = next((one for one in letter.files if str(one.number) == media.reference), None)
    if found is None:
        raise Unreadable("lampiran ini tidak ada dalam surat")
    yield io.BytesIO(found.content())
