"""The period an address asks for, in words, and those that are offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from tanggap.common import formats
from tanggap.common.clockwords import language
from tanggap.evaluation.periods import MONTHS_A_YEAR, Period, month_of, period_named

YEARS_OFFERED: Final = 4
ROMAN: Final = ("I", "II", "III", "IV")
QUARTER, HALF = 3, 6
LONGEST: Final = 20


@dataclass(frozen=True)
class Chosen:
    """The period of a page. `name` is how the address calls it, nothing for the usual one; `misread` is what could not
    be understood."""

    period: Period
    name: str = ""
    misread: str = ""

    @property
    def words(self) -> str:
        """As a heading says it."""
        return period_words(self.period)

    @property
    def query(self) -> str:
        """What an address needs to ask for the same period."""
        return f"?periode={self.name}" if self.name else ""


def chosen_period(raw: str, today: date) -> Chosen:
    """The period of `?periode=…`; the last twelve months for nothing, and for what cannot be read."""
    wanted = raw.strip()[:LONGEST]
    period = period_named(wanted) if wanted else None
    if period is None:
        return Chosen(last_year(today), misread="".join(c for c in wanted if c.isprintable()))
    return Chosen(period, period.name)


def last_year(today: date) -> Period:
    """The twelve months of which this is the last."""
    return months_until(today, MONTHS_A_YEAR)


def months_until(today: date, number: int) -> Period:
    """So many whole months, of which the last is the present one."""
    month = month_of(today)
    for _step in range(number - 1):
        month = month.previous
    return Period(month.first, month_of(today).last)


def period_words(period: Period) -> str:
    """2024 · Semester I 2024 · Triwulan III 2024 · Juli 2024 · Desember 2025–November 2026."""
    year, months = period.first.year, len(period.months)
    names = formats.MONTHS["en" if language().startswith("en") else "id"]
    if "_" not in period.name:
        number = (period.first.month - 1) // months
        if months == MONTHS_A_YEAR:
            return str(year)
        if months == HALF:
            return _("Semester %(number)s %(year)s") % {"number": ROMAN[number], "year": year}
        if months == QUARTER:
            return _("Triwulan %(number)s %(year)s") % {"number": ROMAN[number], "year": year}
        return f"{names[period.first.month - 1]} {year}"
    if not period.whole:
        return " – ".join(formats.plain_date(day, language()) for day in (period.first, period.last))
    first, last = names[period.first.month - 1], f"{names[period.last.month - 1]} {period.last.year}"
    return f"{first}–{last}" if year == period.last.year else f"{first} {year} – {last}"


def offered(today: date, chosen: str = "") -> list[tuple[str, str]]:
    """(name in the address, words) of the periods a page offers, the chosen one among them."""
    names = list(_names(today))
    if chosen and chosen not in names:
        names.insert(0, chosen)
    words = [(name, period_words(found)) for name in names if (found := period_named(name))]
    return [("", _("12 bulan terakhir")), *words]


def _names(today: date) -> Iterator[str]:
    month = month_of(today)
    yield from (str(today.year - back) for back in range(YEARS_OFFERED))
    for year in (today.year, today.year - 1):
        yield from (f"{year}-S{half}" for half in (2, 1) if date(year, half * HALF - HALF + 1, 1) <= today)
    for year in (today.year, today.year - 1):
        yield from (f"{year}-Q{part}" for part in (4, 3, 2, 1) if date(year, part * QUARTER - QUARTER + 1, 1) <= today)
    for _step in range(MONTHS_A_YEAR):
        yield month.name
        month = month.previous
