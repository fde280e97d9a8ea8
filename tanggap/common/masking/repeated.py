"""The name that is known, wherever it stands: announced before (*Sdr Agus mengancam … Agus itu …*), or given apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tanggap.common.masking.spans import Span
from tanggap.common.masking.words import AREAS, COMMON, HONORIFICS, NOT_NAMES, PLACES, SHORT_FORMS

_WORD: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]{2,24}(?:['’][A-Za-zÀ-ÖØ-öø-ÿ]{1,24})?")
_FEWEST_LETTERS: Final = 4
_REACH: Final = 16
_TELLING_NOTHING: Final = COMMON | NOT_NAMES | SHORT_FORMS
_MOST_WORDS: Final = 6
_TITLE: Final = re.compile(rf"(?:(?:{HONORIFICS})\.?[ ]){{1,2}}", re.IGNORECASE)
_OFFICE: Final = re.compile(
    r"din(?:as|kes|sos|dik)|dis(?:duk|dik|hub|nak|perin|pora)|upt|pusk|polsek|polres|polda|kec\b|kel\b|kab\b|rsu|rs\b|"
    r"sd|smp|sma|smk|bank|samsat|dukcapil|satpol|pln|pdam|bpn|[a-z]{0,24}\d"
)
_OF_A_PLACE: Final = re.compile(rf"(?<![a-z])(?:{PLACES}|{AREAS})\.?[ ]$", re.IGNORECASE)


def find_repeated(text: str, announced: Iterable[Span]) -> Iterator[Span]:
    """Each word of an announced name where it stands again; in small letters only if it was announced so."""
    spans = list(announced)
    told = {at for span in spans for at in range(span.start, span.end)}
    words = {word for span in spans for word in _telling(text[span.start : span.end])}
    return (span for span in _places(text, words) if span.start not in told)


def find_known(text: str, names: Iterable[str]) -> Iterator[Span]:
    """Each word of these names, however they were typed in their field, where the text writes it as a name.

    A field that names an office and not a person (*Camat Omben*) gives no name: its words are places.
    """
    people = (_TITLE.sub("", name.strip()) for name in names)
    return _places(text, {word.capitalize() for name in people if _is_person(name) for word in _telling(name)})


def _is_person(name: str) -> bool:
    words = name.lower().split()
    return len(words) <= _MOST_WORDS and not any(word in NOT_NAMES or _OFFICE.match(word) for word in words)


def _places(text: str, words: set[str]) -> Iterator[Span]:
    """Words written as names; in small letters only beside another of them, or if they are known so: *indah* is a word.

    A place keeps its name: *Jalan Sudirman*, *desa Sugeng*.
    """
    known = {word.lower() for word in words}
    last: re.Match[str] | None = None
    for match in _WORD.finditer(text) if known else ():
        if match[0].lower() not in known:
            continue
        beside = last is not None and text[last.end() : match.start()] == " "
        written = match[0][0].isupper() or match[0] in words or beside
        if written and not _OF_A_PLACE.search(text[max(match.start() - _REACH, 0) : match.start()]):
            yield Span(match.start(), match.end(), "NAMA")
        if beside and last is not None and not last[0][0].isupper() and last[0] not in words:
            yield Span(last.start(), last.end(), "NAMA")
        last = match


def _telling(name: str) -> Iterator[str]:
    """The words of a name that are no words of everybody's; initials and *Moh.* tell nothing."""
    for match in _WORD.finditer(name):
        word = match[0].lower()
        if len(word) >= _FEWEST_LETTERS and word not in _TELLING_NOTHING:
            yield match[0]
