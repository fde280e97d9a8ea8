"""Putting the finders together: what is protected stays, of two overlapping finds the first finder's counts."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable

from tanggap.common.masking.names import find_names
from tanggap.common.masking.numbers import find_numbers
from tanggap.common.masking.protect import find_protected
from tanggap.common.masking.shapes import find_emails, find_plates
from tanggap.common.masking.spans import Masked, Span


class _Ground:
    """The parts of a text already spoken for."""

    def __init__(self) -> None:
        self._taken: list[tuple[int, int]] = []

    def take(self, start: int, end: int) -> bool:
        """Claim a part; False if any of it is taken."""
        place = bisect_right(self._taken, (start, end))
        if place and self._taken[place - 1][1] > start:
            return False
        if place < len(self._taken) and self._taken[place][0] < end:
            return False
        insort(self._taken, (start, end))
        return True


def mask(text: str) -> Masked:
    """`text` with personal data replaced by placeholders. Masking again changes nothing."""
    ground = _Ground()
    for start, end in find_protected(text):
        ground.take(start, end)
    spans: list[Span] = []
    finders: tuple[Iterable[Span], ...] = (find_emails(text), find_numbers(text), find_plates(text), find_names(text))
    for found in finders:
        spans.extend(span for span in found if ground.take(span.start, span.end))
    spans.sort()
    return Masked(_replaced(text, spans), tuple(spans))


def _replaced(text: str, spans: list[Span]) -> str:
    pieces, position = [], 0
    for span in spans:
        pieces += [text[position : span.start], f"[{span.kind}]"]
        position = span.end
    return "".join([*pieces, text[position:]])
