"""Which words mean what, in every language there is a file for. Spelling mistakes are forgiven, guesses not made."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

HOUSE_LANGUAGE: Final = "id"
LONGEST_COMMAND: Final = 48
_STRETCHED = re.compile(r"(\w)\1{2,}")
_NOT_A_WORD = re.compile(r"[^\w']+")
_NUMBER = re.compile(r"(?:nomor|nomer|pilihan|pilih|opsi|option|number|yang ke|yg)? ?(\d{1,2})")
_DIGITS = {
    "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5",
    "pertama": "1", "kedua": "2", "ketiga": "3", "keempat": "4",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "first": "1", "second": "2", "third": "3",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meant:
    """A command that a message is, and the language it was given in."""

    name: str
    language: str


@cache
def languages() -> tuple[str, ...]:
    """The languages that have words, the house's first."""
    found = sorted(one.name.removesuffix(".toml") for one in _folder().iterdir() if one.name.endswith(".toml"))
    return (HOUSE_LANGUAGE, *(code for code in found if code != HOUSE_LANGUAGE))


@cache
def words_of(language: str) -> Mapping[str, Mapping[str, list[str]]]:
    """The file of one language."""
    loaded: dict[str, dict[str, list[str]]] = tomllib.loads((_folder() / f"{language}.toml").read_text("utf-8"))
    return loaded


def _folder() -> Any:
    return files(__package__) / "words"


def every(group: str, name: str) -> frozenset[str]:
    """All words of one list, whatever the language."""
    return _every(group, name)


@cache
def _every(group: str, name: str) -> frozenset[str]:
    return frozenset(word for code in languages() for word in words_of(code).get(group, {}).get(name, ()))


@cache
def _spellings(name: str) -> tuple[tuple[str, str], ...]:
    return tuple((word, code) for code in languages() for word in words_of(code)["commands"].get(name, ()))


@cache
def _spelt_right() -> frozenset[str]:
    """Every spelling of every command: "tidak ada" is no misspelt "tidak jadi"."""
    return frozenset(
        word for code in languages() for spellings in words_of(code)["commands"].values() for word in spellings
    )


def plain(text: str) -> str:
    """As words are compared: lower case, full-width digits as digits, no accents, "iyaaaa" as "iya", single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(_NOT_A_WORD.sub(" ", _STRETCHED.sub(r"\1", bare.replace("’", "'"))).split())


def meant(text: str, names: Collection[str], *, near: bool) -> Meant | None:
    """The first of these commands that the whole message is; with `near` also misspelt, if only one can be meant."""
    if len(text) > LONGEST_COMMAND * 4:
        return None
    said = plain(text)
    if text.strip() in ("-", "–", "—", "--", "."):
        said = "skip"
    if not said or len(said) > LONGEST_COMMAND:
        return None
    for name in names:
        for word, language in _spellings(name):
            if word == said:
                return Meant(name, language)
    return _nearest(said, names) if near and said not in _spelt_right() else None


def _nearest(said: str, names: Collection[str]) -> Meant | None:
    found = [
        (distance, Meant(name, language))
        for name in names
        for word, language in _spellings(name)
        if (distance := _within(said, word)) is not None
    ]
    if not found:
        return None
    least = min(distance for distance, _meant in found)
    best = {one.name: one for distance, one in found if distance == least}
    return next(iter(best.values())) if len(best) == 1 else None


def _within(said: str, word: str) -> int | None:
    """The number of mistakes, where there are no more than a word of this length is forgiven."""
    allowed = 0 if len(word) < 5 else 1 if len(word) < 9 or " " in word else 2
    if not allowed or abs(len(said) - len(word)) > allowed or said[0] != word[0]:
        return None
    mistakes = mistakes_between(said, word)
    return mistakes if mistakes <= allowed else None


def mistakes_between(left: str, right: str) -> int:
    """How many letters are wrong, missing, too many or exchanged with their neighbour."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, one in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one != other))
            if i > 1 and j > 1 and one == right[j - 2] and left[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def number_in(text: str) -> int | None:
    """The number that is the whole message: "2", "２", "dua", "nomor 2"."""
    said = plain(text[:40])
    typed = _NUMBER.fullmatch(" ".join(_DIGITS.get(word, word) for word in said.split()))
    return int(typed[1]) if typed else None


def language_of(text: str, *, least: int = 2) -> str:
    """The language with clearly most of its small words in the text; empty when that cannot be said."""
    said = plain(text[:2000]).split()
    scores = {code: sum(word in words_of(code)["common"]["words"] for word in said) for code in languages()}
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if ranked[0][1] < least or (len(ranked) > 1 and ranked[0][1] < ranked[1][1] + 2):
        return ""
    return ranked[0][0]


def small_language(text: str) -> str:
    """The one language whose greetings and thanks all the words of a short message are; empty for none or several."""
    said = plain(text[:100]).split()
    lists = ("greeting", "thanks", "filler")
    fits = [
        code
        for code in languages()
        if said and all(any(word in words_of(code)["small"].get(name, ()) for name in lists) for word in said)
    ]
    return fits[0] if len(fits) == 1 else ""


def first_word(text: str, name: str) -> str | None:
    """What follows the first word, where that is `name` ("keberatan masih rusak"); None where it is not."""
    head, _space, rest = text.strip().partition(" ") if " " in text.strip() else text.strip().partition("\n")
    said = plain(head)
    words = every("first", name)
    near = any(len(word) >= 7 and mistakes_between(said, word) <= 1 for word in words)
    return rest.strip() if said in words or near else None


def matches(text: str, names: Collection[str]) -> Iterator[str]:
    """Those of the phrases that stand in the text as whole words; an asterisk at the end stands for any ending."""
    said = f" {plain(text)} "
    for name in names:
        if f" {name.removesuffix('*')}{'' if name.endswith('*') else ' '}" in said:
            yield name
