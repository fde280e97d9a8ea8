"""The figures of a card one by one, as they are named in the table of definitions, and how they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tanggap.common import formats
from tanggap.common.clockwords import language
from tanggap.evaluation.definitions import DEFINITIONS, Unit
from tanggap.evaluation.figures import Figures

NOTHING: Final = "–"
PARTS: Final = {
    "mean": gettext_lazy("rata-rata"),
    "median": gettext_lazy("separuh laporan (median)"),
    "p90": gettext_lazy("9 dari 10 laporan"),
}

OF_ALL: Final = gettext_lazy("bagian dari semua")


@dataclass(frozen=True)
class Figure:
    """One number: its place in the JSON of a report card, its name, and how it is written."""

    key: str
    name: str | Promise
    unit: Unit
    value: Callable[[Figures], float | None]
    part: str | Promise = ""

    @property
    def full_name(self) -> str:
        """With the part of a spread."""
        return f"{self.name}, {self.part}" if self.part else str(self.name)


def _figures() -> Iterator[Figure]:
    for one in DEFINITIONS:
        if one.unit == Unit.SPREAD:
            for part, words in PARTS.items():
                yield Figure(f"{one.key}.{part}", one.name, Unit.DAYS, _part_of(one.value, part), words)
        elif one.unit != Unit.COUNTS:
            yield Figure(one.key, one.name, one.unit, one.value, OF_ALL if one.key.startswith("shares.") else "")


def _part_of(value: Callable[[Figures], Any], part: str) -> Callable[[Figures], float | None]:
    def found(figures: Figures) -> float | None:
        number: float | None = value(figures)[part]
        return number

    return found


FIGURES: Final = tuple(_figures())
"""Every single number of a card, in the order of the definitions."""


def written(value: float | None, unit: Unit) -> str:
    """A figure in the reader's words: 1.234 · 68,3% · 15,6 hari · 3,8."""
    if value is None:
        return NOTHING
    if unit == Unit.SHARE:
        return formats.percent(value, language())
    if unit == Unit.DAYS:
        return days(value)
    if unit == Unit.RATING:
        return formats.number(value, language(), digits=1)
    whole = float(value).is_integer()
    return formats.number(int(value) if whole else value, language(), digits=None if whole else 1)


def days(value: float) -> str:
    """15,6 hari."""
    return ngettext("%(n)s hari", "%(n)s hari", 2) % {"n": formats.number(value, language(), digits=1)}


def change(value: float | None, before: float | None, unit: Unit) -> str:
    """How much more or less than before, in words; shares in points."""
    if value is None or before is None:
        return ""
    difference = round((value - before) * (100 if unit == Unit.SHARE else 1), 1)
    if not difference:
        return _("tetap")
    amount = formats.number(abs(difference), language(), digits=0 if unit == Unit.COUNT else 1)
    pattern = _("naik %(n)s") if difference > 0 else _("turun %(n)s")
    return pattern % {"n": _("%(n)s poin") % {"n": amount} if unit == Unit.SHARE else amount}
