"""Phone numbers in unusual dress: *nol delapan satu dua …*, *0853/2211/4433*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tanggap.common.masking.spans import Span

_DIGIT: Final = r"(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|lapan|sembilan|[0-9])"
_PHONE: Final = re.compile(
    rf"(?<![a-z0-9])(?:nol|kosong)[ ,-]{{1,2}}d?e?lapan(?:[ ,-]{{0,2}}{_DIGIT}){{6,12}}(?![a-z0-9])", re.IGNORECASE
)

_SLASHED: Final = re.compile(r"(?<![\w/])08\d{1,2}/\d{3,4}/\d{3,5}(?![\w/])")


def find_spelled(text: str) -> Iterator[Span]:
    """Each mobile number that begins with the words for 08, or is cut by slashes."""
    for pattern in (_PHONE, _SLASHED):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), "TELEPON")
