"""The phrases of a language, and what is said put into words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from tanggap.channels.conversation.turns import Say
from tanggap.channels.conversation.vocabulary import HOUSE_LANGUAGE
from tanggap.channels.sms.fitting import fitted
from tanggap.notify.filling import fields_in, fill, fits_sms, plain_letters

_OPTIONAL = re.compile(r"\[[^\[\]]*\]")


@cache
def phrases_of(language: str) -> Mapping[str, Mapping[str, str]]:
    """Key → long and short form; what a language has not translated yet is said in the house's.

    Local languages are drafts: `World.voice` names one only after a speaker has read it.
    """
    house = _read(HOUSE_LANGUAGE)
    return house if language == HOUSE_LANGUAGE else {**house, **_read(language)}


def _read(language: str) -> dict[str, dict[str, str]]:
    path = files(__package__) / "phrases" / f"{language}.toml"
    if not re.fullmatch(r"[a-z]{2,3}", language) or not path.is_file():
        return {}
    loaded: dict[str, dict[str, str]] = tomllib.loads(path.read_text("utf-8"))
    return loaded


def in_words(says: Sequence[Say], *, language: str, brief: bool) -> str:
    """Everything said in one turn as one message; for SMS in one line that fits. Empty when nothing is said."""
    if brief:
        return _in_one_line(says, language)
    return "\n\n".join(text for say in says if (text := _said(say, language, "long")))


def _said(say: Say, language: str, form: str) -> str:
    words = phrases_of(language)[say.key][form].strip("\n")
    return fill(words, _values(say, language, form), fields_in(words))


def _values(say: Say, language: str, form: str) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else _said(value, language, form) for name, value in say.values.items()
    }


def _in_one_line(says: Sequence[Say], language: str) -> str:
    """The short forms one after the other; what is optional goes first, numbers and links never."""
    if not says:
        return ""
    words: list[str] = []
    values: dict[str, str] = {}
    for number, say in enumerate(says):
        phrase = phrases_of(language)[say.key]["short"]
        for name, value in _values(say, language, "short").items():
            # Two phrases of one turn may use the same field for different things.
            values[f"{name}_{'abcdefghij'[number]}"] = value
            phrase = phrase.replace(f"{{{name}}}", f"{{{name}_{'abcdefghij'[number]}}}")
        words.append(phrase)
    joined = " ".join(words)
    while True:
        line = " ".join(plain_letters(fill(joined, values, fields_in(joined))).split())
        optional = list(_OPTIONAL.finditer(joined))
        if fits_sms(line) or not optional:
            return fitted(line)
        joined = joined[: optional[-1].start()] + joined[optional[-1].end() :]
