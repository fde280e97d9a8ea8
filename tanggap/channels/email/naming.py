"""Which cases a letter names, and what its first words ask for. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from tanggap.channels.conversation.cues import Hiding, Named, hiding_in, number_checked, without_mark
from tanggap.channels.email.letter import ANSWERED, FORWARDED, Letter
from tanggap.channels.email.machines import base_of, extras_of
from tanggap.common.ids import normalize_tracking_id

_NUMBER = re.compile(r"(?<![0-9A-Za-z-])[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z](?![0-9A-Za-z-])", re.ASCII)
_BRACKETED = re.compile(r"\[[^\[\]]{0,60}\]")
_ASKED = re.compile(r"(?:cek|check|status)[\s:]+(?P<rest>.{9,60})", re.IGNORECASE)


def numbers_in(letter: Letter, *, ours: Collection[str]) -> list[str]:
    """Tracking ids, the surest first: of the address it was sent to, then of the subject."""
    found = [*_addressed(letter, ours), *map(normalize_tracking_id, _NUMBER.findall(letter.subject))]
    return list(dict.fromkeys(number for number in found if number))


def _addressed(letter: Letter, ours: Collection[str]) -> Iterator[str | None]:
    for extra in _extras(letter, ours):
        yield normalize_tracking_id(extra)


def aliases_in(letter: Letter, *, ours: Collection[str]) -> list[str]:
    """What else the address it was sent to says: `lapor+dinkes@…`."""
    return [extra for extra in _extras(letter, ours) if normalize_tracking_id(extra) is None]


def _extras(letter: Letter, ours: Collection[str]) -> Iterator[str]:
    for address in letter.recipients:
        if base_of(address) in ours:
            yield from extras_of(address)


def asked_number(letter: Letter) -> Named | None:
    """The number, and the secret code if there is one, of a letter that says nothing but `CEK <id>`."""
    for said in (letter.words, "" if letter.words else letter.subject):
        asked = _ASKED.fullmatch(" ".join(said[:80].split()))
        named = number_checked(asked["rest"].rstrip(".!? ")) if asked else None
        if named and not named.rest:
            return named
    return None


def wishes_in(letter: Letter) -> Hiding:
    """Whether the subject or the first line asks for anonymity or secrecy (DOMAIN §5)."""
    asked = [hiding_in(line) for line in (letter.subject, letter.words.partition("\n")[0][:200])]
    return Hiding(any(one.anonymous for one in asked), any(one.secret for one in asked))


def title_of(letter: Letter) -> str:
    """The subject as a title; none where it only answers something, or says no more than the wish."""
    subject = letter.subject.strip()
    if subject.lower().startswith(ANSWERED):
        return ""
    while subject.lower().startswith(FORWARDED):
        subject = subject.partition(":")[2].strip()
    bare = " ".join(_BRACKETED.sub(" ", subject).split())
    title = without_mark(bare)
    return "" if title == bare and len(bare.split()) == 1 and hiding_in(bare) != Hiding() else title
