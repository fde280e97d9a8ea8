"""All tallies anew, from the events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from tanggap.evaluation.selectors.differences import differences
from tanggap.evaluation.selectors.recount import Stretch, years_received
from tanggap.evaluation.tallies.slots import year_slot
from tanggap.evaluation.tallies.summing import Key, Sums, whole
from tanggap.evaluation.writing import lock_tallies, replace_entries, write_tallies

_CLEAR_ENTRIES: Final = "DELETE FROM evaluation_tallyentry WHERE slot BETWEEN %s AND %s"
_CLEAR_TALLIES: Final = "DELETE FROM evaluation_tally WHERE months = %s AND slot BETWEEN %s AND %s"


def rebuild_tallies(*, now: datetime, progress: Callable[[str], object] = lambda _line: None) -> int:
    """Count every case again from its events; how many there are.

    A year is one transaction: readers see the old sums or the new ones, and folding waits. What happens meanwhile
    stands in line and is folded in afterwards.
    """
    total = 0
    for year in years_received():
        counted = _rebuild_year(year, now)
        total += counted
        progress(f"{year[0].month.year}: {counted} laporan")
    return total


@transaction.atomic
def _rebuild_year(year: Sequence[Stretch], now: datetime) -> int:
    lock_tallies()
    first, last = year[0].slots.start, year[-1].slots.stop - 1
    with connection.cursor() as cursor:
        cursor.execute(_CLEAR_ENTRIES, [first, last])
        cursor.execute(_CLEAR_TALLIES, [1, first, last])
        cursor.execute(_CLEAR_TALLIES, [12, year_slot(first), year_slot(last)])
    years: dict[Key, dict[str, int]] = {}
    counted = 0
    for stretch in year:
        sums = Sums()
        for batch in stretch.batches():
            entries = [difference.then for difference in differences(batch, now) if difference.then is not None]
            replace_entries([], entries)
            for entry in entries:
                sums.add(entry)
            counted += len(entries)
        write_tallies(sums.months())
        sums.add_years(years)
    write_tallies(whole(years))
    return counted
