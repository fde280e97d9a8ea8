"""Bars lying one below the other, each with its name and its number over it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tanggap.common.charts.chart import plot, shortened

ROW, TEXT, BAR, THICK = 40, 14, 20, 12
LONGEST = 30


def bars(rows: Sequence[tuple[str, float, str]], *, says: str) -> SafeString:
    """The picture of (name, value, value as it is written); empty where every value is nothing."""
    highest = max((value for _name, value, _text in rows), default=0)
    if highest <= 0:
        return SafeString("")
    parts = []
    for number, (name, value, text) in enumerate(rows):
        top = number * ROW
        parts.append(
            format_html(
                '<text class="l" x="0" y="{}">{}</text><text x="100%" y="{}" text-anchor="end">{}</text>'
                '<rect class="a" x="0" y="{}" width="{}%" height="{}"/>',
                top + TEXT, shortened(name, LONGEST), top + TEXT, text,
                top + BAR, round(100 * value / highest, 1), THICK,
            )
        )  # fmt: skip
    return plot(len(rows) * ROW, says, parts)
