"""The first words of an SMS as names that an agency may bear. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tanggap.directory.naming import normalize

MOST_WORDS = 8
# Names of cities and bodies that begin sentences as well ("Batu besar menutup jalan", "KIP anak saya belum cair"):
# they lead to the agency, but stay in the text.
EVERYDAY = frozenset({"batu", "metro", "kip", "ma", "lan", "big", "malang", "kupang", "bima", "pos"})
# Written without a space before the name: KABNGANJUK, PEMKOTSURABAYA.
_GLUED = re.compile(r"(pemkab|pemkot|pemprov|kab|kota|prov)([a-z]{4,})")
_WORD = re.compile(r"\w+")
_FLAG = re.compile(r"\W*\b(?:anonim|rahasia)\b\W*", re.IGNORECASE)
_AFTER = re.compile(r"[\s.,:;#/\-–—)!*]+")
_CODE = re.compile(r"(?:\d\d(?:\.\d\d)?|ID-\d{3})(?:/[a-z0-9.-]+)?(?=[\s,:;#]|$)", re.IGNORECASE)
_LEVELS = ("kota", "kabupaten")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A beginning that may name an agency: as names are compared, and what is left of the text behind it."""

    name: str
    rest: str


def without_flags(text: str) -> tuple[str, str]:
    """The words ANONIM and RAHASIA at the beginning, and the text behind them."""
    end = 0
    while found := _FLAG.match(text, end):
        end = found.end()
    return text[:end], text[end:]


def code_in_front(text: str) -> Candidate | None:
    """The code at the beginning, as codes are written: `35.27`, `ID-105`, `35.27/dinkes`."""
    found = _CODE.match(text.lstrip())
    if found is None:
        return None
    head, slash, slug = found[0].partition("/")
    return Candidate(head.upper() + slash + slug.lower(), _rest(text.lstrip(), found.end()))


def beginnings(text: str) -> list[Candidate]:
    """The beginnings of one word, two words …, longest first; a beginning may be read in more than one way."""
    ends = [word.end() for word, _number in zip(_WORD.finditer(text), range(MOST_WORDS), strict=False)]
    found: dict[str, Candidate] = {}
    for end in ends:
        rest = _rest(text, end)
        for name in _readings(text[:end]):
            # Of two beginnings with the same reading ("Kab. Kabupaten") the longer one says it all.
            found[name] = Candidate(name, rest)
    return sorted(found.values(), key=lambda one: (len(one.rest), -len(one.name)))


def _readings(beginning: str) -> Iterator[str]:
    name = normalize(beginning)
    if not name:
        return
    yield name
    *before, last = name.split()
    if before and last in _LEVELS:  # "Semarang Kota"
        yield " ".join([last, *before])
    glued = _GLUED.fullmatch(name)
    if glued:
        yield normalize(f"{glued[1]} {glued[2]}")


def _rest(text: str, end: int) -> str:
    separator = _AFTER.match(text, end)
    return text[separator.end() if separator else end :]
