"""An answer of the conversation as one SMS. Pure."""

from __future__ import annotations

import re

from tanggap.notify.filling import fits_sms, plain_letters

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_NUMBER = re.compile(r"[0-9]|[0-9A-Z]{4}-[0-9A-Z]{4}-")
_DOTS = "..."


def fitted(words: str) -> str:
    """The answer in 160 characters, or 70 where it needs letters beyond the phones' alphabet.

    Whole sentences go first, from the end, then words. What carries a digit or is a link stays: tracking ids, codes,
    numbers to call. Where even those are too many, the answer is longer than one SMS.
    """
    text = " ".join(plain_letters(words).split())
    sentences = _SENTENCE.split(text)
    while len(sentences) > 1 and not fits_sms(" ".join(sentences)):
        last = _last_without_value(sentences)
        if last is None:
            break
        del sentences[last]
    kept = " ".join(sentences).split()
    while not fits_sms(" ".join(kept)) and (last := _last_without_value(kept)) is not None:
        _cut(kept, last)
    return " ".join(kept)


def _cut(words: list[str], at: int) -> None:
    """Take one word away and leave dots where words are missing, once."""
    words[at] = _DOTS
    if words[at + 1 : at + 2] == [_DOTS]:
        del words[at + 1]


def _last_without_value(parts: list[str]) -> int | None:
    """The last part that may be cut; None when every one says something that nobody could guess."""
    numbers = range(len(parts) - 1, -1, -1)
    return next((at for at in numbers if parts[at] != _DOTS and not _has_value(parts[at])), None)


def _has_value(part: str) -> bool:
    return "://" in part or _NUMBER.search(part) is not None
