"""Months that are right in three time zones at once. Pure.

A case received in the first two hours of a month in the east is still of the month before in the west. So time is cut
at the beginning of the month in each zone: three slots a month, of which the last lasts all but two hours. A month or a
run of months of any one zone is then an unbroken run of slots, and the same sums serve all three.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

ZONES: Final = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
_OFFSETS: Final = tuple(timedelta(hours=hours) for hours in (7, 8, 9))
_FIRST: Final = {"Asia/Jayapura": 0, "Asia/Makassar": 1, "Asia/Jakarta": 2}
_A_YEAR: Final = 12
_SINCE: Final = 2000
_CUTS: Final = 3


def slot_of(at: datetime, months: int = 1) -> int:
    """The slot of a moment; with `months=12` the slot of its year."""
    return _slot_of_hour(at.astimezone(UTC).replace(minute=0, second=0, microsecond=0), months)


# Zones differ by whole hours, and the cases of a month come in few.
@lru_cache(maxsize=4096)
def _slot_of_hour(utc: datetime, months: int) -> int:
    west, middle, east = (_index(utc + offset, months) for offset in _OFFSETS)
    return east * _CUTS + (west == east) + (middle == east)


def slots_between(first: date, last: date, zone: str, months: int = 1) -> range:
    """The slots of the months (or years) from that of `first` to that of `last` in a zone."""
    begins, ends = (_index(day, months) for day in (first, last))
    return range(begins * _CUTS + _FIRST[zone], (ends + 1) * _CUTS + _FIRST[zone])


def year_slot(slot: int) -> int:
    """The year's slot in which a month's slot lies."""
    month, cut = divmod(slot, _CUTS)
    # Only where the year turns does it matter which zones have turned already.
    return month // _A_YEAR * _CUTS + (cut if month % _A_YEAR == 0 else _CUTS - 1)


def _index(day: date, months: int) -> int:
    return ((day.year - _SINCE) * _A_YEAR + day.month - 1) // months
