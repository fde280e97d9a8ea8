"""Which cases a letter names, and what its first words ask for. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from tanggap.channels.email.letter import ANSWERED, FORWARDED, Letter
from tanggap.channels.email.machines import base_of, extras_of
from tanggap.common.ids import normalize_tracking_id

_NUMBER = re.compile(r"(?<![0-9A-Za-z-])[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z](?![0-9A-Za-z-])", re.ASCII)
_BRACKETED = re.compile(r"\[[^\[\]]{0,60}\]")
_ANONYMOUS, _SECRET = (re.compile(rf"\b{word}\b", re.IGNORECASE) for word in ("anonim", "rahasia"))
_ASKED = re.compile(r"(?:cek|check|status)[\s:]+(?P<number>\S{9,20})[\s.!?]*", re.IGNORECASE)


def numbers_in(letter: Letter, *, ours: Collection[str]) -> list[str]:
    """Tracking ids, the surest first: of the address it was sent to, then of the subject."""
    found = [*_addressed(letter, ours), *map(normalize_tracking_id, _NUMBER.findall(letter.subject))]
    return list(dict.fromkeys(number for number in found if number))


def _addressed(letter: Letter, ours: Collection[str]) -> Iterator[str | None]:
    for extra in _extras(letter, ours):
        yield normalize_tracking_id(extra)


def aliases_in(letter: Letter, *, ours: Collection[str]) -> list[str]:
    """What else the address it was sent to says: `lapor+sampang@…`."""
    return [extra for extra in _extras(letter, ours) if normalize_tracking_id(extra) is None]


def _extras(letter: Letter, ours: Collection[str]) -> Iterator[str]:
    for address in letter.recipients:
        if base_of(address) in ours:
            yield from extras_of(address)


def asked_number(letter: Letter) -> str | None:
    """The tracking id of a letter that says nothing but `CEK <id>`, in its words or in the subject alone."""
    for said in (letter.words, "" if letter.words else letter.subject):
        asked = _ASKED.fullmatch(said.strip()[:60])
        if asked:
            return normalize_tracking_id(asked["number"].rstrip(".!?"))
    return None


def wishes_in(letter: Letter) -> tuple[bool, bool]:
    """Whether the first words ask for anonymity, and for secrecy (DOMAIN §5)."""
    said = f"{letter.subject}\n{letter.words.partition(chr(10))[0][:200]}"
    return bool(_ANONYMOUS.search(said)), bool(_SECRET.search(said))


def title_of(letter: Letter) -> str:
    """The subject as a title; none where it only answers something, or says no more than the wish."""
    subject = letter.subject.strip()
    if subject.lower().startswith(ANSWERED):
        return ""
    while subject.lower().startswith(FORWARDED):
        subject = subject.partition(":")[2].strip()
    bare = _BRACKETED.sub(" ", subject)
    for wish in (_ANONYMOUS, _SECRET):
        if len(wish.sub("", bare).strip(" -:.,!/&")) < 3:
            return ""
        bare = re.sub(rf"^\W*{wish.pattern}\W*", "", bare, flags=re.IGNORECASE)
    return " ".join(bare.split())
