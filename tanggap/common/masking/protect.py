"""What looks like personal data and is none: it is never masked, not even in part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tanggap.common.masking.spans import KINDS

_PATTERNS: Final = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"\[(?:{'|'.join(KINDS)})\]",
        # A tracking id, a case number of the old system
        r"(?<![\w-])[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z](?![\w-])",
        r"#\d{4,12}(?!\d)",
        # Money
        r"(?<!\w)(?:Rp|IDR)\.?[ ]?\d{1,3}(?:[.,]\d{3}){1,6}(?:,\d{1,2}|,-)?(?!\d)",
        r"(?<!\w)(?:Rp|IDR)\.?[ ]?\d{1,18}(?:,\d{1,2}|,-)?(?![\d.])",
        r"(?<![\d.])\d{1,3}(?:[.]\d{3}){1,6}(?:,\d{1,2})?(?=[ ]?(?:rupiah|perak)\b)",
        r"(?<![\d.])\d{1,18}(?=[ ]?(?:rupiah|perak|ribu|rb|juta|jt|miliar|milyar)\b)",
        r"(?<![\d.,-])[1-9]\d{0,2}(?:\.\d{3}){2,6}(?:,\d{2})?(?![\d-]|[.,]\d)",
        # Dates, times, years
        r"(?<![\d./-])\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d{2}(?!\d|[-/.]\d)",
        r"(?<![\d./-])(?:19|20)\d{2}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?(?!\d|[-/.]\d)",
        r"(?<![\d.:])[012]?\d[.:]\d{2}[ ]?[-–][ ]?[012]?\d[.:]\d{2}(?!\d)",
        # Tax object (NOP), region codes of the ministry
        r"(?<!\d)\d{2}\.\d{2}\.\d{3}\.\d{3}\.\d{3}[-.]\d{4}[-.]\d(?!\d)",
        r"(?<![\d.])\d{2}\.\d{2}\.\d{2}\.\d{4}(?!\d|[.]\d)",
    )
)


def find_protected(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of everything that must stay."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield match.span()
