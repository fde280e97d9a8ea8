"""Periods of figures: a year, half, quarter or month, as addresses and commands write them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_NAME = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|S(?P<half>[12])))?", re.ASCII
)
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("a period ends before it begins")

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of every month the period touches, oldest first."""
        return tuple(_months(self.first, self.last))

    @property
    def whole(self) -> bool:
        """Whether it begins and ends with a month."""
        return self.first.day == 1 and (self.last + timedelta(days=1)).day == 1

    @property
    def previous(self) -> Period:
        """As many months before it where it is made of whole ones, else as many days."""
        last = self.first - timedelta(days=1)
        if self.whole:
            return Period(_shifted(self.first, -len(self.months)), last)
        return Period(last - (self.last - self.first), last)

    @property
    def name(self) -> str:
        """As `period_named` reads it (`2024`, `2024-S1`, `2024-Q3`, `2024-07`); both days where it is none of these."""
        months = len(self.months)
        if self.whole and (self.first.month - 1) % months == 0:
            number = (self.first.month - 1) // months + 1
            names = {12: "", 6: f"-S{number}", 3: f"-Q{number}", 1: f"-{self.first.month:02}"}
            if months in names:
                return f"{self.first.year}{names[months]}"
        return f"{self.first.isoformat()}_{self.last.isoformat()}"


def period_named(name: str) -> Period | None:
    """The period of `2024`, `2024-S1`, `2024-Q3` or `2024-07`; None for any other text."""
    found = _NAME.fullmatch(name.strip()[:8])
    if found is None:
        return None
    year = int(found["year"])
    for part, length in (("month", 1), ("quarter", 3), ("half", 6)):
        if found[part]:
            first = date(year, (int(found[part]) - 1) * length + 1, 1)
            return Period(first, _shifted(first, length) - timedelta(days=1))
    return Period(date(year, 1, 1), date(year, 12, 31))


def month_of(day: date) -> Period:
    """The month of a day."""
    first = day.replace(day=1)
    return Period(first, _shifted(first, 1) - timedelta(days=1))


def _shifted(first: date, months: int) -> date:
    index = first.year * MONTHS_A_YEAR + first.month - 1 + months
    return date(index // MONTHS_A_YEAR, index % MONTHS_A_YEAR + 1, 1)


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = _shifted(month, 1)
