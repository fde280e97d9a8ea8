"""What a text gives away: that it is only a greeting, that it is about somebody's conduct, that it names a case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from tanggap.channels.conversation.vocabulary import every, matches, plain
from tanggap.common.ids import normalize_secret_code, normalize_tracking_id

Small = Literal["greeting", "thanks", "abuse", "signs"]
LEAST_LETTERS: Final = 8
MOST_SMALL_WORDS: Final = 10
_BETWEEN: Final = " \t\n,.:;/&+-"

# Written in groups, or in one piece with a digit in it: one nine-letter word in 32 would pass the check of a number.
_GROUPED = r"[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]"
_IN_ONE = r"(?=[A-Za-z]*[0-9])[0-9A-Za-z]{9}"
_NUMBER = re.compile(rf"(?<![\w-])(?:{_GROUPED}|{_IN_ONE}|#\d{{4,12}})(?![\w-])", re.ASCII)
_TYPED_NUMBER = r"[0-9A-Za-z]{4}[- ]?[0-9A-Za-z]{4}[- ]?[0-9A-Za-z](?![\w-])|#?\d{4,12}(?![\w-])"
_AFTER_CHECK = re.compile(_TYPED_NUMBER, re.ASCII)
_CODE = re.compile(r"(?<![\w-])[0-9A-Za-z]{4}[- ]?[0-9A-Za-z]{4}[- ]?[0-9A-Za-z]{4}(?![\w-])", re.ASCII)


def small_talk(text: str) -> Small | None:
    """Whether the message is nothing but a greeting, thanks, abuse, or signs without a word."""
    words = plain(text).split()
    if not words:
        return "signs"
    if len(words) > MOST_SMALL_WORDS:
        return None
    filler = every("small", "filler")
    kinds: tuple[tuple[Small, frozenset[str]], ...] = (
        ("thanks", every("small", "thanks")),
        ("greeting", every("small", "greeting")),
        ("abuse", every("small", "abuse")),
    )
    for kind, known in kinds:
        more = every("small", "abuse_filler") if kind == "abuse" else frozenset()
        greeted = every("small", "greeting") if kind == "thanks" else frozenset()
        if any(word in known for word in words) and all(word in known | filler | more | greeted for word in words):
            return kind
    return None


def says_enough(text: str, *, brief: bool) -> bool:
    """Whether a report can be begun with it: not one word, not one letter many times."""
    words = plain(text).split()
    letters = sum(letter.isalpha() for letter in text)
    # Scripts without spaces between words say much in one of them.
    return letters >= LEAST_LETTERS and (len(set(words)) >= (3 if brief else 2) or letters >= 60)


def about_conduct(text: str) -> bool:
    """Whether it should be asked if this is about somebody's conduct (DOMAIN §6)."""
    if any(matches(text, every("conduct", "strong"))):
        return True
    return any(matches(text, every("conduct", "roles"))) and any(matches(text, every("conduct", "deeds")))


@dataclass(frozen=True, slots=True)
class Hiding:
    """What a text asks to be kept back."""

    anonymous: bool = False
    secret: bool = False


def hiding_in(text: str) -> Hiding:
    """The words ANONIM and RAHASIA in a first message set the flags (DOMAIN §5), unless they are denied."""
    said = plain(text).split()
    denials = every("hiding", "denied")
    kept = [word for place, word in enumerate(said) if not denials.intersection(said[max(0, place - 2) : place])]
    words = " ".join(kept)
    return Hiding(**{name: any(matches(words, every("hiding", name))) for name in ("anonymous", "secret")})


def without_mark(text: str) -> str:
    """The text less the words at its beginning that only set a flag; the whole where nothing else stands there."""
    marks = every("hiding", "mark")
    rest = text
    while (head := rest.lstrip(_BETWEEN).split(maxsplit=1)) and plain(head[0]) in marks:
        rest = head[1] if len(head) > 1 else ""
    rest = rest.lstrip(_BETWEEN).strip()
    return rest or text


@dataclass(frozen=True, slots=True)
class Named:
    """A case that a text names: the number, a secret code beside it, and the text without both."""

    number: str
    code: str
    rest: str


def number_named(text: str) -> Named | None:
    """The first number of a case in a text, if there is one."""
    for found in _NUMBER.finditer(text[:2000]):
        typed = found[0]
        number = typed if typed.startswith("#") else normalize_tracking_id(typed)
        if number:
            return _named(number, f"{text[: found.start()]} {text[found.end() :]}")
    return None


def number_checked(rest: str) -> Named | None:
    """The number after CEK, however it is grouped; older numbers with or without their #."""
    found = _AFTER_CHECK.match(rest.strip())
    if found is None:
        return None
    typed = found[0].replace(" ", "")
    number = normalize_tracking_id(typed) or (typed if typed.lstrip("#").isdigit() else "")
    return _named(number, rest.strip()[found.end() :]) if number else None


def _named(number: str, rest: str) -> Named:
    """The secret code is taken out of the words, so that it becomes part of no thread."""
    for found in _CODE.finditer(rest[:200]):
        # Three words of four letters are no code: one is written with a digit or in groups.
        if re.search(r"[0-9-]", found[0]) and (code := normalize_secret_code(found[0].replace(" ", ""))):
            return Named(number, code, _tidy(rest[: found.start()] + rest[found.end() :]))
    return Named(number, "", _tidy(rest))


def _tidy(text: str) -> str:
    return re.sub(r"^[\s:;,.\-–—]+|[\s:;,\-–—]+$", "", re.sub(r"[ \t]{2,}", " ", text))
