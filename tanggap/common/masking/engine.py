"""Putting the finders together: what is protected stays, of two overlapping finds the first finder's counts."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable
from typing import Final

from tanggap.common.masking.handles import find_handles
from tanggap.common.masking.names import find_names
from tanggap.common.masking.numbers import find_numbers
from tanggap.common.masking.protect import find_protected
from tanggap.common.masking.shapes import find_emails, find_plates
from tanggap.common.masking.spans import Masked, Span
from tanggap.common.masking.spelled import find_spelled

_MOST_PASSES: Final = 8


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
    """`text` with personal data replaced by placeholders. Masking the result again changes nothing."""
    spans: list[Span] = []
    result = text
    for _ in range(_MOST_PASSES):
        # A find can give the characters beside it a boundary they did not have, so a second look may see more.
        found = _find(result)
        if not found:
            break
        spans = _merged(spans, found)
        result = _replaced(text, spans)
    return Masked(result, tuple(spans))


def _find(text: str) -> list[Span]:
    finders: tuple[Iterable[Span], ...] = (
        find_emails(text),
        find_numbers(text),
        find_spelled(text),
        find_handles(text),
        find_plates(text),
        find_names(text),
    )
    candidates = [span for found in finders for span in found]
    if not candidates:
        return []  # most reports: what is protected need not be looked for
    ground = _Ground()
    for start, end in find_protected(text):
        ground.take(start, end)
    return sorted(span for span in candidates if ground.take(span.start, span.end))


def _merged(spans: list[Span], found: list[Span]) -> list[Span]:
    """`spans` of the original, and `found` in what they turned it into, together as spans of the original."""
    merged, shift, waiting = list(spans), 0, iter(spans)
    following = next(waiting, None)
    for span in found:
        while following is not None and following.start + shift < span.start:
            shift += len(following.kind) + 2 - (following.end - following.start)
            following = next(waiting, None)
        merged.append(Span(span.start - shift, span.end - shift, span.kind))
    return sorted(merged)


def _replaced(text: str, spans: list[Span]) -> str:
    pieces, position = [], 0
    for span in spans:
        pieces += [text[position : span.start], f"[{span.kind}]"]
        position = span.end
    return "".join([*pieces, text[position:]])
