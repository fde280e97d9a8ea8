"""The name that is known, wherever it stands: announced before (*Sdr Agus mengancam … Agus itu …*), or given apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tanggap.common.masking.spans import Span
from tanggap.common.masking.words import AREAS, COMMON, NOT_NAMES, PLACES, SHORT_FORMS

_WORD: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]{2,24}(?:['’][A-Za-zÀ-ÖØ-öø-ÿ]{1,24})?")
_FEWEST_LETTERS: Final = 4
_REACH: Final = 16
_TELLING_NOTHING: Final = COMMON | NOT_NAMES | SHORT_FORMS
_OF_A_PLACE: Final = re.compile(rf"(?<![a-z])(?:{PLACES}|{AREAS})\.?[ ]$", re.IGNORECASE)


def find_repeated(text: str, announced: Iterable[Span]) -> Iterator[Span]:
    """Each word of an announced name where it stands again; in small letters only if it was announced so."""
    spans = list(announced)
    told = {at for span in spans for at in range(span.start, span.end)}
    words = {word for span in spans for word in _telling(text[span.start : span.end])}
    return (span for span in _places(text, words) if span.start not in told)


def find_known(text: str, names: Iterable[str]) -> Iterator[Span]:
    """Each word of these names, however they were typed in their field, where the text writes it as a name."""
    return _places(text, {word.capitalize() for name in names for word in _telling(name)})


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
