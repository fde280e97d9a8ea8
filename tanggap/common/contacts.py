"""One spelling for every way people write a phone number or an e-mail address."""

from __future__ import annotations

import re

_LONGEST_INPUT = 320
_PHONE_SHAPE = re.compile(r"\+?[0-9]+", re.ASCII)
_DECORATION = str.maketrans("", "", " .-()/\t\u00a0\u2010\u2011\u2012\u2013")
_INDONESIAN = re.compile(r"(?:8[0-9]{8,11}|[2-7][0-9]{7,10}|9[0-9]{7,9})", re.ASCII)
_INTERNATIONAL = re.compile(r"[1-9][0-9]{7,14}", re.ASCII)
_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]",
    re.ASCII,
)


def normalize_phone(raw: str) -> str | None:
    """The number as E.164 (`+6281234567890`), or None if it is none.

    `0812-3456-7890`, `+62 812 3456 7890`, `62812…`, `0062 812…`, `812…` and `+62 (0)812…` are one number;
    a land line needs its area code. Numbers of other countries need their `+` (or `00`).
    """
    if len(raw) > _LONGEST_INPUT:
        return None
    typed = raw.strip().translate(_DECORATION)
    if not _PHONE_SHAPE.fullmatch(typed):
        return None
    if typed.startswith("00"):
        typed = "+" + typed[2:]
    if typed.startswith(("+62", "62")):
        return _indonesian(typed.removeprefix("+").removeprefix("62").removeprefix("0"))
    if typed.startswith("+"):
        return typed if _INTERNATIONAL.fullmatch(typed[1:]) else None
    if typed.startswith("0"):
        return _indonesian(typed[1:])
    return _indonesian(typed) if typed.startswith("8") else None


def _indonesian(national: str) -> str | None:
    return f"+62{national}" if _INDONESIAN.fullmatch(national) else None


def normalize_email(raw: str) -> str | None:
    """The address in lower case, or None if it is none (at most 254 characters, 64 before the @; RFC 5321).

    The part before the @ is lowered too: no provider in use tells the two apart, and one person would
    otherwise be found under one spelling and not under the other.
    """
    if len(raw) > _LONGEST_INPUT:
        return None
    typed = raw.strip().lower()
    local, _, _ = typed.partition("@")
    if len(typed) > 254 or len(local) > 64 or not _EMAIL.fullmatch(typed):
        return None
    return typed
