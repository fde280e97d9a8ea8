"""Filling declared fields into words, and fitting them into an SMS. Pure: no template language, nothing is executed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

_FIELD = re.compile(r"\{([a-z_]+)\}")
_SPACED_FIELD = re.compile(r" ?\{([a-z_]+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SPACES = re.compile(r"[ \t\u00a0]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ!\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€\f")
_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "•": "-", "\u00a0": " "}
)
GSM_CHARACTERS = 160
UNICODE_CHARACTERS = 70


def fill(words: str, values: Mapping[str, str], fields: Iterable[str]) -> str:
    """The words with every declared `{field}` replaced; what is not declared, or missing, becomes nothing.

    `[… {field} …]` is left out when a field in it is empty, and a line of which only fields were left is dropped:
    a message about a guarded case must still read well without title and text. A value is never read again, so that
    brackets typed by somebody stay what they are.
    """
    known = {name: values.get(name, "") for name in fields}
    kept = _OPTIONAL.sub(lambda part: _optional(part[1], known), words)
    lines = [_line(line, known) for line in kept.split("\n")]
    return _EMPTY_LINES.sub("\n\n", "\n".join(line for line in lines if line is not None)).strip()


def _optional(part: str, known: Mapping[str, str]) -> str:
    names = _FIELD.findall(part)
    return part if all(known.get(name) for name in names) else ""


def _line(line: str, known: Mapping[str, str]) -> str | None:
    """The line with its fields; None where nothing but empty fields stood in it."""
    if not line.strip():
        return ""
    bare = _SPACES.sub(" ", line).strip()
    names = _FIELD.findall(bare)
    if names and not _FIELD.sub("", bare).strip() and not any(known.get(name) for name in names):
        return None
    there = _SPACED_FIELD.sub(lambda field: field[0] if known.get(field[1]) else "", bare)
    return _FIELD.sub(lambda field: known.get(field[1], ""), there).strip()


def fields_in(words: str) -> set[str]:
    """Every field that the words name."""
    return set(_FIELD.findall(words))


def sms_length(text: str) -> int:
    """Characters as the network counts them: some take two places, and one outside its alphabet makes all wide."""
    if not is_gsm(text):
        return len(text.encode("utf-16-le")) // 2
    return sum(2 if letter in _GSM_TWICE else 1 for letter in text)


def is_gsm(text: str) -> bool:
    """Whether every character is in the alphabet of which 160 fit in one SMS."""
    return all(letter in _GSM or letter in _GSM_TWICE for letter in text)


def fits_sms(text: str) -> bool:
    """Whether it goes as one SMS."""
    return sms_length(text) <= (GSM_CHARACTERS if is_gsm(text) else UNICODE_CHARACTERS)


def plain_letters(text: str) -> str:
    """Typographic signs and accents as the plain ones, so that one of them does not halve the room."""
    text = text.translate(_PLAIN)
    if is_gsm(text):
        return text
    return "".join(letter if is_gsm(letter) else _stripped(letter) for letter in text)


def _stripped(letter: str) -> str:
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    return bare if bare and is_gsm(bare) else letter


def fill_short(words: str, values: Mapping[str, str], fields: Iterable[str]) -> str:
    """One SMS: what is optional goes first, from the end; then the words before the link are cut, never the link."""
    fields = tuple(fields)
    flat = {name: plain_letters(" ".join(value.split())) for name, value in values.items()}
    while True:
        text = " ".join(plain_letters(fill(words, flat, fields)).split())
        parts = list(_OPTIONAL.finditer(words))
        if fits_sms(text) or not parts:
            break
        words = words[: parts[-1].start()] + words[parts[-1].end() :]
    return text if fits_sms(text) else _cut(text, keep=flat.get("link", "") if "link" in fields else "")


def _cut(text: str, *, keep: str) -> str:
    """Whole words from the start, then `keep` where the text ended with it."""
    tail = f"... {keep}" if keep and text.endswith(keep) else "..."
    head = text.removesuffix(keep).rstrip() if keep else text
    while head and not fits_sms(f"{head}{tail}"):
        shorter = head.rsplit(" ", 1)[0]
        head = shorter if shorter != head else head[:-1]
    return f"{head}{tail}" if head else (keep or text)
