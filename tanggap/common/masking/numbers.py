"""Numbers of people: recognised by their inner structure, or by a cue before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tanggap.common.masking.cues import Cues, bank_after
from tanggap.common.masking.spans import Span

_DIGITS: Final = re.compile(r"[0-9]+")
_GAP: Final = re.compile(
    r"(?:[ ](?:lalu|terus|trus|trs|sambung|lanjut|kemudian|strip|spasi|titik)[ ]|"
    r"[ \u00a0]?[-.–—·•_~][ \u00a0]?|[ \u00a0]{1,2}|\)[ \u00a0-]{0,2}|[ \u00a0]?\([0]?\)?[ \u00a0]?)"
)
_LONGEST_GAP: Final = 11
_MOST_DIGITS: Final = 18
_FEWEST_DIGITS: Final = 6
_MOST_GROUPS: Final = 18
_HIGHEST: Final = {
    line[:4]: int(line[5:])
    for line in Path(__file__).with_name("districts.txt").read_text(encoding="utf-8").splitlines()
}
"""Regency or city (four digits) → its highest district number (Kepmendagri 300.2.2-2430/2025)."""
_RENUMBERED: Final = frozenset(
    {"6404", "6406", "6410", "6473", *(f"9{digit}{n:02d}" for digit in "14" for n in range(1, 72))}
)
"""Codes from before Kalimantan Utara and the new provinces of Papua: people keep the number they were given."""
_READ_AS: Final = str.maketrans("OoIl", "0011")
_MISTYPED: Final = re.compile(r"(?<![A-Za-z0-9])[0-9OoIl]{2,20}(?![A-Za-z0-9])")
_BRI: Final = ((4, 2, 6, 2, 1), (4, 4, 4, 2, 1))
"""How the bank with most branches prints its account numbers, and how people write them."""
_TOKEN_OF_POWER: Final = (4, 4, 4, 4, 4)
"""The prepaid meter's code: it may begin like a phone number."""
_KK_AFTER: Final = re.compile(
    r"[ ,(=]{1,3}(?:(?:itu|ini|adalah) )?(?:(?:nomor|no|nmr)\.? ?)?kk(?![a-z])", re.IGNORECASE
)
_LARGE_CITIES: Final = frozenset({"021", "022", "024", "031", "061"})
"""Area codes of two digits, whose numbers are written in one piece and without a word before them."""
_TIME: Final = re.compile(r"[012]\d[.]\d\d(?!\d)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Window:
    """Some groups of digits that follow each other, as one number."""

    text: str
    start: int
    end: int
    groups: tuple[str, ...]
    cue: str | None

    @property
    def digits(self) -> str:
        return "".join(self.groups)


def find_numbers(text: str) -> Iterator[Span]:
    """Every personal number, from left to right."""
    text = _with_digits(text)
    cues = Cues(text)
    chain: list[re.Match[str]] = []
    for group in _DIGITS.finditer(text):
        if chain and not _linked(text, chain[-1].end(), group.start()):
            yield from _in_chain(text, chain, cues)
            chain = []
        chain.append(group)
    yield from _in_chain(text, chain, cues)


def _with_digits(text: str) -> str:
    """`O8I3` as `0813`: letters typed for digits, within words that have digits too; the length stays."""
    return _MISTYPED.sub(_digits_of, text)


def _digits_of(word: re.Match[str]) -> str:
    written = word[0]
    return written.translate(_READ_AS) if any(letter.isdigit() for letter in written) else written


def _linked(text: str, end: int, start: int) -> bool:
    return start - end <= _LONGEST_GAP and _GAP.fullmatch(text, end, start) is not None


def _in_chain(text: str, chain: list[re.Match[str]], cues: Cues) -> Iterator[Span]:
    """Numbers within groups that only spaces and hyphens keep apart."""
    position = 0
    if tuple(len(group[0]) for group in chain) == _TOKEN_OF_POWER and cues.before(chain[0].start()) == "SAFE":
        return
    while position < len(chain):
        found = _number_at(text, chain, position, cues)
        if found is None:
            position += 1
        else:
            yield found[0]
            position += found[1]


def _number_at(text: str, chain: list[re.Match[str]], position: int, cues: Cues) -> tuple[Span, int] | None:
    """The personal number that begins with this group, and how many groups it has."""
    first = chain[position].start()
    groups: list[str] = []
    total = 0
    best: tuple[Span, int] | None = None
    for group in chain[position : position + _MOST_GROUPS]:
        total += len(group[0])
        if total > _MOST_DIGITS or (best and text[group.start() - 1] != "-" and not _goes_on(groups, group[0], best)):
            break
        groups.append(group[0])
        if total < _FEWEST_DIGITS:
            continue
        kind = _kind_of(Window(text, first, group.end(), tuple(groups), cues.before(first)))
        if kind is not None:
            best = Span(_widened(text, first, kind), group.end(), kind), len(groups)
    return best


def _goes_on(groups: list[str], following: str, best: tuple[Span, int]) -> bool:
    """Whether the next group may belong to a number that is already complete: not the 2 of "0812… 2 hari"."""
    if best[1] != len(groups) or _is_bri([*groups, following]):
        return True
    written = sum(map(len, groups))
    if len(groups) > 1 and written < 10 and best[0].kind == "REKENING" and len(following) == 2:
        return True
    if written == 10 and best[0].kind == "TELEPON" and len(groups[-1]) == 2 and len(following) == 1:
        return True  # 0817 99 88 77 6
    whole = len(groups) == 1 and len(groups[0]) >= 10
    return not whole and (len(following) >= 3 or len(following) == len(groups[-1]))


def _is_bri(groups: list[str]) -> bool:
    sizes = tuple(map(len, groups))
    return len(groups) > 3 and any(sizes == form[: len(sizes)] for form in _BRI)


def _widened(text: str, start: int, kind: str) -> int:
    """A phone number begins with its + or bracket."""
    while kind == "TELEPON" and start and text[start - 1] in "+(":
        start -= 1
    return start


def _kind_of(window: Window) -> str | None:
    for check in (_identity, _official, _health, _tax, _phone, _account):
        kind = check(window)
        if kind is not None:
            return kind
    return None


def _identity(window: Window) -> str | None:
    """NIK and KK: region (6), date (6), serial (4). A cue decides between them, and suffices for one with a typo."""
    digits = window.digits
    if len(digits) != 16:
        return None
    if window.cue in ("KK", "NPWP", "REKENING", "BPJS"):
        return window.cue
    if window.cue == "NIK":
        return "NIK"
    if window.cue == "SAFE" and (len(window.groups) > 1 or not _identity_structure(digits)):
        return None
    if not _identity_structure(digits) or _part_of_longer(window):
        return None
    return "KK" if _KK_AFTER.match(window.text, window.end) else "NIK"


def _identity_structure(digits: str) -> bool:
    day, month = int(digits[6:8]), int(digits[8:10])
    return (
        _is_district(digits[:6]) and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12 and digits[12:] != "0000"
    )


def _is_district(code: str) -> bool:
    """Whether there is or was such a district: merged ones keep their number, so any up to the highest."""
    if code[4:] == "00":
        return False
    return code[:4] in _RENUMBERED or int(code[4:]) <= _HIGHEST.get(code[:4], 0)


def _part_of_longer(window: Window) -> bool:
    """Four groups of four are as likely the beginning of a token of twenty digits or a card number."""
    following = window.text[window.end : window.end + 5]
    return len(window.groups) > 1 and re.match(r"[ -]\d{4}", following) is not None


def _official(window: Window) -> str | None:
    """NIP: birth date (8), month of appointment (6), sex (1), serial (3)."""
    digits = window.digits
    if window.cue == "NIP" and len(digits) in (8, 9, 18):
        return "NIP"
    if len(digits) != 18 or window.cue == "SAFE":
        return None
    born, joined = int(digits[:4]), int(digits[8:12])
    plausible = (
        1940 <= born <= 2015
        and 1 <= int(digits[4:6]) <= 12
        and 1 <= int(digits[6:8]) <= 31
        and born + 15 <= joined <= 2060
        and 1 <= int(digits[12:14]) <= 12
        and digits[14] in "12"
    )
    return "NIP" if plausible else None


def _health(window: Window) -> str | None:
    """BPJS: 13 digits (health, in practice beginning with 000) or 11 (employment)."""
    digits = window.digits
    if window.cue == "BPJS" and len(digits) in (11, 13):
        return "BPJS"
    return "BPJS" if len(digits) == 13 and digits.startswith("000") and len(window.groups) == 1 else None


def _tax(window: Window) -> str | None:
    """NPWP: `12.345.678.9-012.345`, or 15 or 16 digits after the word."""
    if window.cue == "NPWP" and len(window.digits) in (15, 16):
        return "NPWP"
    return "NPWP" if tuple(map(len, window.groups)) == (2, 3, 3, 1, 3, 3) else None


def _phone(window: Window) -> str | None:
    before = window.text[window.start - 1 : window.start] if window.start else ""
    if before and (before.isalnum() or before in "#_") and window.cue != "TELEPON":
        return None
    digits = window.digits
    mobile = _is_mobile(digits, before) and not _TIME.match(window.text, window.start)
    return "TELEPON" if mobile or _is_land_line(window, before) else None


def _is_mobile(digits: str, before: str) -> bool:
    if before == "+" and 8 <= len(digits) <= 15:
        return True
    national = _national(digits)
    return national is not None and 9 <= len(national) <= 13 and national[1] != "0"


def _national(digits: str) -> str | None:
    """The digits from the 8 on, if they are a mobile number with 0, 62, 0062 or 62 0 before it."""
    for prefix in ("00620", "0062", "620", "62", "0"):
        if digits.startswith(prefix + "8"):
            return digits[len(prefix) :]
    return None


def _is_land_line(window: Window, before: str) -> bool:
    """`(0351) 456789`, `021-5678901`, or after a word that announces a phone: any 8 to 13 digits that fit."""
    digits, groups = window.digits, window.groups
    if window.cue == "TELEPON":
        return ((digits[0] in "08" or digits.startswith("62")) and 8 <= len(digits) <= 13) or (
            5 < len(digits) < 9 and len(groups) <= 2 and digits[0] in "23456789"
        )
    if window.cue == "SAFE" or digits[0] != "0" or not 9 <= len(digits) <= 12:
        return False
    if len(groups) == 1:
        return window.cue is None and len(digits) in (10, 11) and digits[:3] in _LARGE_CITIES
    area = groups[0]
    return (
        len(area) in (3, 4)
        and area[1] in "234579"
        and len(groups) <= 4
        and (before == "(" or all(len(group) >= 3 for group in groups[1:]))
    )


def _account(window: Window) -> str | None:
    """A bank account: 8 to 18 digits after the name of a bank or the word, or before the name of a bank."""
    if not 8 <= len(window.digits) <= 18 or all(_YEAR.fullmatch(group) for group in window.groups):
        return None
    if window.cue == "REKENING":
        return "REKENING"
    return "REKENING" if window.cue is None and bank_after(window.text, window.end) else None
