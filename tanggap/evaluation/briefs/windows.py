"""The weeks and months briefs speak of. Pure.

A week lasts from Monday to Sunday, a month from its first day to its last, in the zone of the body.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

EARLIEST: Final = date(2000, 1, 3)
_A_WEEK: Final = timedelta(days=7)
_A_YEAR: Final = 12


class Length(StrEnum):
    """How long a brief's window is; the value is what stands in the address."""

    WEEK = "minggu"
    MONTH = "bulan"


@dataclass(frozen=True, slots=True)
class Window:
    """One week or month by its first day."""

    length: Length
    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.shifted(1).first - timedelta(days=1)

    def shifted(self, by: int) -> Window:
        """The window so many weeks or months later; earlier where negative."""
        if self.length is Length.WEEK:
            return Window(self.length, self.first + by * _A_WEEK)
        index = self.first.year * _A_YEAR + self.first.month - 1 + by
        return Window(self.length, date(index // _A_YEAR, index % _A_YEAR + 1, 1))

    def over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.last < today

    @property
    def before(self) -> int:
        """How many windows before it are read: thirteen months, in weeks those and the season around a year ago."""
        return 56 if self.length is Length.WEEK else 13


def window_of(day: date, length: Length) -> Window:
    """The week or month a day lies in."""
    first = day - timedelta(days=day.weekday()) if length is Length.WEEK else day.replace(day=1)
    return Window(length, first)


def latest_over(today: date, length: Length) -> Window:
    """The last week or month that has ended."""
    return window_of(today, length).shifted(-1)


def window_asked(length: str, day: str, today: date, *, whole_months: bool = False) -> Window:
    """What an address asks for: `minggu` or `bulan`, and any day of it.

    Without a day, or with one that is none or lies in the future, the last window that has ended. `whole_months`
    knows no weeks: the nation is read from monthly tallies.
    """
    monthly = whole_months or length == Length.MONTH
    wanted = Length.MONTH if monthly else Length.WEEK
    try:
        asked = date.fromisoformat(day[:10])
    except ValueError:
        return latest_over(today, wanted)
    if not EARLIEST <= asked <= today:
        return latest_over(today, wanted)
    return window_of(asked, wanted)
