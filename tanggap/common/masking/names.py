"""Names of people after a word that announces one: *nama saya*, *a.n.*, *Bapak*, *Ibu*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from tanggap.common.masking.announcing import (
    CLOSING,
    CLOSING_PLAIN,
    INTRODUCED,
    INTRODUCED_PLAIN,
    LIKELY,
    NOT_SELF,
    OF_A_PLACE,
    POLITE,
    SELF,
    STRONG,
)
from tanggap.common.masking.repeated import find_repeated
from tanggap.common.masking.spans import Span
from tanggap.common.masking.words import ALSO_NAMES, COMMON, NOT_NAMES, SHORT_FORMS, is_no_name

_TOKEN: Final = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]{1,24}(?:['’`-][A-Za-zÀ-ÖØ-öø-ÿ]{1,24}){0,2}\.?")
_WORD: Final = re.compile(r"[A-Za-z]+")
_REACH: Final = 16
_PAIRS: Final = re.compile(r"(?:(?:wa|la) ode|i (?=(?-i:[A-Z][a-z])))", re.IGNORECASE)
"""Names that begin with a word which alone is none: Wa Ode of Buton, I Made of Bali."""
_LINKS: Final = frozenset({"bin", "binti", "al", "el", "van", "de", "da"})
_VOWEL: Final = re.compile(r"[aeiouAEIOU]")
_MOST_TOKENS: Final = 5
_MOST_PLAIN_TOKENS: Final = 3
_BARE: Final = frozenset({"h", "hj", "dr", "tn", "ny"})
"""Too short to announce a name in lower case: *ny* is also *-nya*."""


def find_names(text: str) -> Iterator[Span]:
    """Every announced name, and the same name again where nothing announces it."""
    announced = list(_announced(text))
    yield from announced
    yield from find_repeated(text, announced)


def _announced(text: str) -> Iterator[Span]:
    for match in STRONG.finditer(text):
        yield from _name_at(text, match.end(), certain=True)
    for match in _found(text, LIKELY, CLOSING, CLOSING_PLAIN):
        yield from _uncommon(text, match.end())
    for match in POLITE.finditer(text):
        yield from _after_title(text, match)
    for match in _found(text, SELF, INTRODUCED, INTRODUCED_PLAIN):
        yield from _after_self(text, match)


def _found(text: str, *patterns: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from pattern.finditer(text)


def _after_self(text: str, match: re.Match[str]) -> Iterator[Span]:
    """The name after *saya*, unless a place is said to be mine or the words are everybody's."""
    start = match.end()
    if _stands_after(NOT_SELF, text, match.start()):
        return
    if match.re is SELF:
        words = text[start : start + 60].split(" ")[:2]
        if any(word[0].islower() or word.strip(".,").lower() in COMMON | NOT_NAMES for word in words):
            return
    elif _is_all_common(text, start):
        return
    yield from _name_at(text, start, certain=False)


def _after_title(text: str, match: re.Match[str]) -> Iterator[Span]:
    """The name after *Pak*, unless a street bears it."""
    if _stands_after(OF_A_PLACE, text, match.start()):
        return
    title = _WORD.match(match[0])
    if title is not None and text[match.end() : match.end() + len(title[0])].lower() == title[0].lower():
        return  # mbak mbak, mas mas: many of them
    short = title is not None and title[0].lower() in _BARE
    if not short or match[0][0].isupper():
        yield from _name_at(text, match.end(), certain=False, capital=short)
    elif "." in match[0]:  # *dr. Melati*, but *dr Bandung* is *dari*
        yield from _uncommon(text, match.end(), capital=True)


def _uncommon(text: str, start: int, *, capital: bool = False) -> Iterator[Span]:
    """The name here, if its first word is not a common one, capital or not."""
    first = _TOKEN.match(text, start)
    if first is not None and first[0].lower().rstrip(".") not in COMMON:
        yield from _name_at(text, start, certain=False, capital=capital)


def _is_all_common(text: str, start: int) -> bool:
    """Whether the next two words written as names are both words of everybody's: *saya Ingin Tanya dari …*."""
    words = [token[0] for token in islice(_tokens(text, start), 2)]
    return all(word.lower().rstrip(".") in COMMON for word in words if words[0].islower() or not word.islower())


def _stands_after(pattern: re.Pattern[str], text: str, start: int) -> bool:
    return pattern.search(text[max(start - _REACH, 0) : start]) is not None


def _name_at(text: str, start: int, *, certain: bool, capital: bool = False) -> Iterator[Span]:
    """The name that begins here, if one does; `certain` when the words before leave no doubt that one follows."""
    first = _TOKEN.match(text, start)
    if first is None or (capital and not first[0][0].isupper()):
        return
    pair = _PAIRS.match(text, start)
    if pair is None and not _may_begin(first[0], certain):
        return
    written = _is_written_as_name(first[0])
    most = _MOST_TOKENS if written else _MOST_PLAIN_TOKENS
    end = first.end()
    for token in islice(_tokens(text, start), 1, most):
        if _ends_sentence(text, end) or not _goes_on(token[0], written):
            break
        if token[0].lower() not in _LINKS:  # a link belongs to a name only when more of it follows
            end = token.end()
    yield Span(start, end - _ends_sentence(text, end), "NAMA")


def _tokens(text: str, start: int) -> Iterator[re.Match[str]]:
    """Words with exactly one space between them."""
    token = _TOKEN.match(text, start)
    while token is not None:
        yield token
        if text[token.end() : token.end() + 1] != " ":
            return
        token = _TOKEN.match(text, token.end() + 1)


def _may_begin(token: str, certain: bool) -> bool:
    word = token.lower().rstrip(".")
    if is_no_name(word) or (len(word) == 1 and not token.endswith(".")):
        return False
    if _is_written_as_name(token):
        return True
    if certain:
        return len(word) > 1 and _VOWEL.search(word) is not None
    return len(word) > 2 and word not in COMMON and _VOWEL.search(word) is not None


def _goes_on(token: str, written: bool) -> bool:
    word = token.lower().rstrip(".")
    if word in _LINKS:
        return True
    if written and word in ALSO_NAMES and token[0].isupper():
        return True
    if is_no_name(word) or (not _VOWEL.search(word) and not _is_short_form(token)):
        return False
    return _is_written_as_name(token) if written else word not in COMMON and len(word) > 1


def _is_short_form(token: str) -> bool:
    """`M`, `M.`, `Moh.`: an initial or a shortened first name with its point."""
    word = token.removesuffix(".")
    return (len(word) == 1 and word.isupper()) or (token.endswith(".") and word.lower() in SHORT_FORMS)


def _is_written_as_name(token: str) -> bool:
    """Budi, or M.; words all in capitals say nothing, where everything is shouted."""
    return token[0].isupper() and (not token.isupper() or _is_short_form(token))


def _ends_sentence(text: str, end: int) -> bool:
    """Whether the point before `end` is a full stop and not that of `M.` or `Moh.`."""
    word = text[max(end - 7, 0) : end].rpartition(" ")[2]
    return word.endswith(".") and not _is_short_form(word)
