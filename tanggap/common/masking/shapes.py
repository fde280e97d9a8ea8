"""What is recognised by its shape: e-mail addresses and licence plates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tanggap.common.masking.spans import Span

_EMAIL: Final = re.compile(
    r"(?<![\w.+-])(?:[\w+-]{1,64}[ ]\.[ ])?[\w.+-]{1,64}(?:@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|"
    # With spaces inside it could be a word before an account's name, unless it ends as addresses do.
    r"[ ]?@[ ]?[\w-]{1,63}(?:[ ]?\.[ ]?[\w-]{2,63}){0,3}[ ]?\.[ ]?"
    r"(?:com|co|id|net|org|info|biz|me|io|edu|gov|ru|my|sg)\b)"
)
_SPELLED: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{2,64}(?:[ ]?(?:\[at\]|\(at\)|\{at\})[ ]?|[ ]at[ ])[a-z0-9-]{2,30}"
    r"(?:(?:\.|[ ]?(?:\[dot\]|\(dot\)|\[titik\]|\(titik\))[ ]?|[ ](?:dot|titik)[ ])[a-z]{2,12}){1,3}(?![\w-])",
    re.IGNORECASE,
)
_PROVIDERS: Final = r"(?:g ?mail|gmial|gmil|yahoo|ymail|hotmail|outlook|icloud|live|rocketmail|proton)"
_MISTYPED: Final = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}[ ]?@[ ]?{_PROVIDERS}(?:[.,;]?[ ]?(?:com|con|cm|co[.,]id|id))?(?![\w-]|[.,][a-z])",
    re.IGNORECASE,
)
"""Of the large providers, with a comma for the point or without an end: *lina@gmail,com*."""
_ACCOUNT_AFTER_WORD: Final = re.compile(rf"[a-z]{{1,64}}[ ]@(?!{_PROVIDERS})[\w-]{{1,63}}\.[a-z]{{2}}", re.IGNORECASE)
"""*penjualnya @toko.id* names an account."""
_AT: Final = ("[at]", "(at)", "{at}", " at ")
_DIGIT: Final = re.compile(r"[0-9]")

# Perpol 7/2021, annex: area codes of licence plates. PA, PB … PT are Papua's; PT is too often a company.
_AREAS: Final = (
    "AA|AB|AD|AE|AG|BA|BB|BD|BE|BG|BH|BK|BL|BM|BN|BP|DA|DB|DC|DD|DE|DG|DH|DK|DL|DM|DN|DP|DR|DS|DT|DW|"
    "EA|EB|ED|KB|KH|KT|KU|PA|PB|PG|PS|PY|A|B|D|E|F|G|H|K|L|M|N|P|R|S|T|W|Z"
)
_PLATE: Final = re.compile(
    rf"(?<![A-Za-z0-9#/.-])({_AREAS})[ ]?[-.]?[ ]?([1-9]\d{{0,3}})(?:[ ]?[-.]?[ ]?([A-Z]{{1,3}}))?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_PLATE_CUE: Final = re.compile(
    r"(?<![a-z])(?:plat|pelat|nopol|nomor polisi|no\.? ?pol|bernopol|kendaraan|mobil|motor|sepeda motor|truk|truck|bus|"
    r"angkot|taksi|taxi|pick ?up|avanza|xenia|innova|vario|beat|nmax)(?![a-z])",
    re.IGNORECASE,
)
_PLATE_WORD: Final = re.compile(
    r"(?<![a-z])(?:plat|pelat|nopol|nomor polisi|no\.? ?pol|bernopol)(?![a-z])|(?<![a-z])mobil[ ]$", re.IGNORECASE
)
_TYPES: Final = frozenset({"L300", "T120", "PS100", "PS120", "PS125", "PS136"})
"""Of vehicles: a Colt L 300 is no plate."""
_NO_PLATE_BEFORE: Final = re.compile(
    r"(?<![a-z])(?:perda|perbup|kereta|krl|"
    r"blok|gang|gg|lantai|lt|kelas|golongan|gol|tipe|type|sim|pasal|jalur|gedung|ruang|loket|rute|zona|"
    r"kavling|kav|(?<!plat )(?<!polisi )(?:nomor|no)|huruf|ayat|seri|grade|vitamin|hepatitis|tower|wing|"
    r"koridor|trayek)\.?[ ]{0,8}$",
    re.IGNORECASE,
)
_NO_SUFFIX: Final = frozenset(
    "RT RW NO KM HP WA RP DAN DI KE TH TGL JAM PT CV UU KEL KEC KAB GG JL JLN VA THN BLN HR KG CM MM MB GB ML WIB WIT "
    "KK KTP NIK SD SMP SMA TK ADA YG YA INI ITU PAK BU SAYA KWH VIA PER DR M2".split()
)
_CUE_REACH: Final = 40


def find_emails(text: str) -> Iterator[Span]:
    """Addresses, also `budi [at] contoh.id` and `budi at contoh dot id`."""
    lower = text.lower()
    for pattern, signs in ((_EMAIL, ("@",)), (_MISTYPED, ("@",)), (_SPELLED, _AT)):
        # Looking for a sign takes a hundredth of looking for an address.
        if any(sign in lower for sign in signs):
            for match in pattern.finditer(text):
                if not _ACCOUNT_AFTER_WORD.fullmatch(match[0]):
                    yield Span(match.start(), match.end(), "EMAIL")


def find_plates(text: str) -> Iterator[Span]:
    """`B 1234 XYZ`; in lower case, short or without its last letters only after a word like *nopol*."""
    if _DIGIT.search(text) is None:
        return
    for match in _PLATE.finditer(text):
        before = text[max(match.start() - _CUE_REACH, 0) : match.start()].rpartition("\n")[2]
        suffix = match[3] or ""
        if _NO_PLATE_BEFORE.search(before) or (match[1] + match[2]).upper() in _TYPES:
            continue
        if not suffix and not _PLATE_WORD.search(before):
            continue  # without its last letters it is as often a route or a type: bus K 2, mobil L 300
        if suffix.upper() in _NO_SUFFIX and not _is_meant(text, match, before):
            continue
        if _PLATE_CUE.search(before) or _is_plain(match[1], match[2], suffix):
            yield Span(match.start(), match.end(), "PLAT")


def _is_meant(text: str, match: re.Match[str], before: str) -> bool:
    """Whether RT, YA or DAN are letters of the plate: in capitals after words that are not, and no number of an RT."""
    written = match[1] + match[3]
    number_follows = _DIGIT.match(text, match.end() + 1) is not None
    return written.isupper() and len(match[2]) == 4 and not before.isupper() and not number_follows


def _is_plain(area: str, number: str, suffix: str) -> bool:
    """Recognisable without a cue: capitals, three or four digits and enough letters behind them."""
    return (area + suffix).isupper() and len(number) >= 3 and len(suffix) >= (1 if len(number) == 4 else 2)
