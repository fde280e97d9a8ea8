"""Whether entries are what the events say, and tallies the sum of the entries.

Cases with events still to be folded in are in order. Limits that ended since the last folding are left out of account:
every entry is judged at a moment for which it holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from tanggap.cases.audit import Difference, named
from tanggap.evaluation.selectors.entries import entries_of, entries_received
from tanggap.evaluation.selectors.events import STREAM, told_by_case
from tanggap.evaluation.selectors.recount import Stretch, years_received
from tanggap.evaluation.selectors.world import world
from tanggap.evaluation.tallies.entry import Entry, entry_of
from tanggap.evaluation.tallies.sheet import Sheet, read_sheet, sheet_from
from tanggap.evaluation.tallies.slots import year_slot
from tanggap.evaluation.tallies.summing import Key, Sums
from tanggap.evaluation.writing import lock_tallies

_MOVED: Final = "SELECT stream FROM ledger_movement WHERE stream = ANY(%s)"
_TALLIES: Final = (
    "SELECT node, slot, counts::text, details FROM evaluation_tally WHERE months = %s AND slot BETWEEN %s AND %s"
)


def audit_tallies(*, now: datetime, progress: Callable[[str], object] = lambda _line: None) -> Iterator[Difference]:
    """Everything that differs: by case where its entry does, else by node and month."""
    progress("membandingkan hitungan dengan kejadiannya")
    for year in years_received():
        # Folding waits for a year at a time: between entries and their sum nothing may move.
        with transaction.atomic():
            lock_tallies()
            found = list(_audit_year(year, now))
        yield from found


def _audit_year(year: Sequence[Stretch], now: datetime) -> Iterator[Difference]:
    years: dict[Key, dict[str, int]] = {}
    for stretch in year:
        for batch in stretch.batches():
            yield from _audit_entries(batch, now)
        sums = Sums(world().is_body)
        sums.add(entries_received(stretch.slots))
        sums.add_years(years)
        yield from _compare(sums.counts, 1, stretch.slots)
    first, last = year[0].slots.start, year[-1].slots.stop - 1
    yield from _compare(years, 12, range(year_slot(first), year_slot(last) + 1))


def _audit_entries(case_ids: Sequence[int], now: datetime) -> Iterator[Difference]:
    known = world()
    told = told_by_case(case_ids)
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [[f"{STREAM}{pk}" for pk in case_ids]])
        moved = {int(stream[len(STREAM) :]) for (stream,) in cursor.fetchall()}
    kept = entries_of(case_ids)
    for case_id in case_ids:
        story, entry = told.get(case_id), kept.get(case_id)
        if case_id in moved or story is None:
            continue  # still to be folded in; without events the case itself is found to differ
        if entry is None:
            yield Difference(*named(f"{STREAM}{case_id}"), "belum terhitung dalam rapor")
            continue
        at = now if entry.next_at is None else min(now, entry.next_at)
        wrong = _different(entry, entry_of(case_id, story, at, known))
        if wrong:
            yield Difference(*named(f"{STREAM}{case_id}"), f"hitungan berbeda dari kejadiannya: {', '.join(wrong)}")


def _different(kept: Entry, right: Entry) -> list[str]:
    """The names of the columns that differ. When they last changed is no figure."""
    names = (name for name in Entry._fields if name not in {"changed_at", "held"})
    wrong = [name for name in names if getattr(kept, name) != getattr(right, name)]
    return wrong if json.dumps(kept.held) == json.dumps(right.held) else [*wrong, "held"]


def _compare(right: Mapping[Key, Mapping[str, int]], months: int, slots: range) -> Iterator[Difference]:
    with connection.cursor() as cursor:
        cursor.execute(_TALLIES, [months, slots.start, slots.stop - 1])
        kept = {(node, months, slot): read_sheet(few, many) for node, slot, few, many in cursor}
    nothing = Sheet({}, {})
    for key in sorted(kept.keys() | right.keys()):
        if kept.get(key, nothing) != sheet_from(right.get(key, {})):
            node, length, slot = key
            yield Difference(f"tally:{node}/{length}/{slot}", (), "jumlah berbeda dari hitungan laporannya")
