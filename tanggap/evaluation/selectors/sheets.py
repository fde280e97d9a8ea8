"""The counts of nodes over periods: tallies for whole months and years, entries for days, and what differs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, islice
from typing import Any, Final

from django.db import connection

from tanggap.common.cycles import no_cycles
from tanggap.evaluation.periods import Period, month_of
from tanggap.evaluation.selectors.differences import BATCH, Difference, kept_of, now_in
from tanggap.evaluation.selectors.entries import RECEIVED, Node, days_of, entries_ever, received_in
from tanggap.evaluation.tallies.entry import MEASURES, Entry, Share, counts_in, shares_of
from tanggap.evaluation.tallies.sheet import Sheet, add_counts, read_sheet, sheet_from, sum_of
from tanggap.evaluation.tallies.slots import slots_between
from tanggap.evaluation.tallies.spans import cut
from tanggap.evaluation.tallies.summing import add_shares

MOST_EXACT: Final = 3000
"""Up to so many cases percentiles are read from the durations themselves; above, from histograms."""
_TALLIES: Final = """
    SELECT node, slot, counts::text, {} FROM evaluation_tally
    WHERE node = ANY(%s) AND months = %s AND slot BETWEEN %s AND %s
"""
_DURATIONS: Final = f"SELECT case_id, {', '.join(MEASURES)} FROM evaluation_tallyentry"  # noqa: S608 - ours


def sheets(
    nodes: Sequence[Node], period: Period, differing: Iterable[Difference] = (), *, details: bool = True
) -> dict[int, Sheet]:
    """The counts of many nodes with tallies over one period, by node; those without a case too.

    Without `details` no topics, places and histograms.
    """
    differing = list(differing)
    found: dict[int, Sheet] = {}
    for zone, yearly in {(node.zone, node.yearly) for node in nodes}:
        numbers = {node.number for node in nodes if (node.zone, node.yearly) == (zone, yearly)}
        parts = cut(period, years=yearly)
        kept = [row for months, a, b in parts.whole for row in _tallies(numbers, months, a, b, zone, details)]
        here = _summed(numbers, [(number, sheet) for number, _slot, sheet in kept])
        for edge in parts.edges:
            _add_days(here, edge, zone)
        _correct(here, differing, period, zone)
        found |= here
    return found


def monthly_sheets(node: Node, months: Sequence[date], differing: Iterable[Difference] = ()) -> list[Sheet]:
    """The counts of a node with tallies for each month, oldest first."""
    differing = list(differing)
    rows = _tallies({node.number}, 1, months[0], months[-1], node.zone)
    found = []
    for month in months:
        slots = slots_between(month, month, node.zone)
        here = _summed({node.number}, [(number, sheet) for number, slot, sheet in rows if slot in slots])
        _correct(here, differing, month_of(month), node.zone)
        found.append(here[node.number])
    return found


def _summed(numbers: Iterable[int], rows: Iterable[tuple[int, Sheet]]) -> dict[int, Sheet]:
    parts: dict[int, list[Sheet]] = {number: [] for number in numbers}
    for number, sheet in rows:
        parts[number].append(sheet)
    return {number: sum_of(found) for number, found in parts.items()}


def _tallies(
    numbers: set[int], months: int, first: date, last: date, zone: str, details: bool = True
) -> list[tuple[int, int, Sheet]]:
    slots = slots_between(first, last, zone, months)
    with connection.cursor() as cursor:
        query = _TALLIES.format("details" if details else "'{}'")
        cursor.execute(query, [list(numbers), months, slots.start, slots.stop - 1])
        return [(node, slot, read_sheet(few, many)) for node, slot, few, many in cursor.fetchall()]


def _add_days(here: dict[int, Sheet], days: Period, zone: str) -> None:
    """Add the cases of some days, which no tally holds by themselves."""
    only = next(iter(here)) if len(here) == 1 else None
    ever = "true" if not only else f"ever @> ARRAY[{only:d}]"
    _add_entries(here, entries_ever(Node(0, zone, ever, ever), days))


def _correct(here: dict[int, Sheet], differing: Sequence[Difference], period: Period, zone: str) -> None:
    start, end = days_of(period, zone)
    with no_cycles():
        for sign, entries in ((-1, (found.kept for found in differing)), (1, (found.then for found in differing))):
            _add_entries(here, (entry for entry in entries if entry and start <= entry.received_at < end), sign)


def _add_entries(here: dict[int, Sheet], entries: Iterable[Entry], sign: int = 1) -> None:
    left = iter(entries)
    while some := list(islice(left, BATCH)):
        shares: defaultdict[int, list[Share]] = defaultdict(list)
        for nodes, share in chain.from_iterable(shares_of(entry).items() for entry in some):
            for number in here.keys() & nodes:
                shares[number].append(share)
        for number, found in shares.items():
            counts: Counter[str] = Counter()
            add_shares(counts, found)
            add_counts(here[number], {key: sign * count for key, count in counts.items()})


def sheet_of(node: Node, entries: Iterable[Entry]) -> Sheet:
    """The counts of a node from entries, of which some may not belong to it."""
    return sheet_from(*(counts_in(entry, node.number) for entry in entries if not node.region or node.has(entry)))


def durations(entries: Iterable[Entry]) -> dict[str, list[int]]:
    """The durations themselves, by measure."""
    counted = [entry for entry in entries if not entry.merged]
    return {name: [v for entry in counted if (v := getattr(entry, name)) is not None] for name in MEASURES}


def exact_durations(node: Node, period: Period, differing: Sequence[Difference]) -> dict[str, list[int]]:
    """The durations of the cases of a node, by measure; nothing where they are more than `MOST_EXACT`."""
    query = f"{_DURATIONS} WHERE {node.here} AND {RECEIVED} AND NOT merged LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [*node.values, *received_in(period, node.zone), MOST_EXACT + 1])
        rows = cursor.fetchall()
    if len(rows) > MOST_EXACT:
        return {}
    known = kept_of(differing)
    found = durations(now_in(node, period, differing))
    for case_id, *values in rows:
        if case_id not in known:
            _add(found, values)
    return found


def _add(found: dict[str, list[int]], values: Sequence[Any]) -> None:
    for name, value in zip(MEASURES, values, strict=True):
        if value is not None:
            found[name].append(value)
