"""A chart with everything that belongs to it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
SHORTEST, ELLIPSIS = 4, "…"


@dataclass(frozen=True)
class Cell:
    """One value of a chart's table: as it is, as it is written, and where it leads."""

    value: Any
    text: str
    url: str = ""


def counted(label: str, value: Any, text: str, url: str = "") -> tuple[Cell, Cell]:
    """A row of two: what, and how much."""
    return Cell(label, label, url), Cell(value, text)


@dataclass(frozen=True)
class Chart:
    """One picture, its caption, its table. `slug` names its CSV; without rows there is no picture to draw."""

    slug: str
    title: str
    note: str
    svg: SafeString
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    wide: bool = False
    """Whether it is drawn wider than a phone and scrolls."""
    legend: tuple[tuple[str, str], ...] = ()
    """(class, words), for maps only: everything else is labelled where it stands."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.svg


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table as CSV, its heads first."""
    return csv_lines(chain([heads], rows))


def csv_lines(rows: Iterable[Sequence[Any]]) -> str:
    """Lines of CSV. Text that a spreadsheet would run as a formula begins with an apostrophe."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([plain(value) for value in row] for row in rows)
    return out.getvalue()


def plain(value: Any) -> Any:
    """The value as a spreadsheet shows it and does not run it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def plot(height: int, says: str, parts: Iterable[SafeString]) -> SafeString:
    """The picture with the sentence that stands for it."""
    inside = SafeString("".join(parts))
    return format_html('<svg class="plot" height="{}" role="img" aria-label="{}">{}</svg>', height, says, inside)


def shortened(text: str, most: int) -> str:
    """A label that fits; the whole name stands in the table."""
    return text if len(text) <= most else text[: max(most - 1, SHORTEST)].rstrip() + ELLIPSIS
