"""Standing columns: how many took how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tanggap.common.charts.chart import plot

HEIGHT, TOP, BOTTOM, FOOT = 210, 38, 184, 202
GAP: Final = 1.2
"""Per cent between two columns."""


def columns(rows: Sequence[tuple[str, float, str]], *, says: str, limit: tuple[int, str] | None = None) -> SafeString:
    """The picture of (range, number, number as it is written); `limit` is after how many of them a line stands."""
    highest = max((value for _label, value, _text in rows), default=0)
    if highest <= 0:
        return SafeString("")
    wide = 100 / len(rows)
    parts = [format_html('<line class="ax" x1="0" x2="100%" y1="{}" y2="{}"/>', BOTTOM, BOTTOM)]
    for number, (label, value, text) in enumerate(rows):
        tall = round((BOTTOM - TOP) * value / highest)
        middle = round(wide * (number + 0.5), 2)
        parts.append(
            format_html(
                '<rect class="a" x="{}%" y="{}" width="{}%" height="{}"/>'
                '<text class="l" x="{}%" y="{}" text-anchor="middle">{}</text>'
                '<text x="{}%" y="{}" text-anchor="middle">{}</text>',
                round(wide * number + GAP / 2, 2), BOTTOM - tall, round(wide - GAP, 2), tall,
                middle, BOTTOM - tall - 5, text,
                middle, FOOT, label,
            )
        )  # fmt: skip
    if limit is not None:
        after, words = limit
        x = round(wide * after, 2)
        parts.append(
            format_html(
                '<line class="lim" x1="{}%" x2="{}%" y1="6" y2="{}"/><text x="{}%" y="12" dx="6">{}</text>',
                x, x, BOTTOM, x, words,
            )
        )  # fmt: skip
    return plot(HEIGHT, says, parts)
