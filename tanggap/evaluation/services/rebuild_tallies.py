"""All tallies anew, from the events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from typing import Final

import django
from django.db import connection, transaction

from tanggap.common.cycles import no_cycles
from tanggap.evaluation.selectors.differences import differences
from tanggap.evaluation.selectors.recount import Stretch, years_received
from tanggap.evaluation.selectors.world import world
from tanggap.evaluation.tallies.slots import year_slot
from tanggap.evaluation.tallies.summing import Key, Sums
from tanggap.evaluation.writing import only_counter, replace_entries, write_tallies

_CLEAR_ENTRIES: Final = "DELETE FROM evaluation_tallyentry WHERE slot BETWEEN %s AND %s"
_CLEAR_TALLIES: Final = "DELETE FROM evaluation_tally WHERE months = %s AND slot BETWEEN %s AND %s"


def rebuild_tallies(*, now: datetime, progress: Callable[[str], object] = lambda _line: None, workers: int = 1) -> int:
    """Count every case again from its events; how many there are.

    A year is one transaction: readers see the old sums or the new ones. Nobody folds meanwhile; what happens stands in
    line and is folded in afterwards. With more than one worker each is a process of its own.
    """
    total = 0
    with only_counter():
        for year, counted in _counted(years_received(), now, workers):
            total += counted
            progress(f"{year[0].month.year}: {counted} laporan")
    return total


def _counted(years: Sequence[list[Stretch]], now: datetime, workers: int) -> Iterator[tuple[list[Stretch], int]]:
    if workers == 1:
        yield from ((year, rebuild_year(year, now)) for year in years)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        yield from zip(years, pool.map(rebuild_year, years, [now] * len(years)), strict=True)


@transaction.atomic
def rebuild_year(year: Sequence[Stretch], now: datetime) -> int:
    """Count the cases of a year again; how many there are. The caller sees to it that nobody else counts."""
    first, last = year[0].slots.start, year[-1].slots.stop - 1
    with connection.cursor() as cursor:
        cursor.execute(_CLEAR_ENTRIES, [first, last])
        cursor.execute(_CLEAR_TALLIES, [1, first, last])
        cursor.execute(_CLEAR_TALLIES, [12, year_slot(first), year_slot(last)])
    with no_cycles():
        return _count(year, now)


def _count(year: Sequence[Stretch], now: datetime) -> int:
    known = world()
    years: dict[Key, dict[str, int]] = {}
    counted = 0
    for stretch in year:
        sums = Sums(known.is_body)
        for batch in stretch.batches():
            entries = [found.then for found in differences(batch, now, known=known, kept=False) if found.then]
            replace_entries([], entries)
            sums.add(entries)
            counted += len(entries)
        write_tallies(sums.counts)
        sums.add_years(years)
    write_tallies(years)
    return counted
