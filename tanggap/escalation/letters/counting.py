"""Numbers in Indonesian words, as letters spell them: 3 (tiga). Pure."""

from __future__ import annotations

_ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")


def spelled(number: int) -> str:
    """dua puluh tiga, seratus lima; from a million on the digits, which no letter needs."""
    if not 0 <= number < 1_000_000:
        return str(number)
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    for unit, one, word in ((1000, "seribu", "ribu"), (100, "seratus", "ratus"), (10, "", "puluh")):
        if number >= unit:
            most, rest = divmod(number, unit)
            head = one if one and most == 1 else f"{spelled(most)} {word}"
            return f"{head} {spelled(rest)}" if rest else head
    return str(number)


def counted(number: int) -> str:
    """3 (tiga)."""
    return f"{number} ({spelled(number)})"
