"""Cases that contribute something else than what is kept: not folded in yet, or asked about as of an earlier moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from tanggap.common.cycles import no_cycles
from tanggap.evaluation.periods import Period
from tanggap.evaluation.selectors.entries import Node, days_of, entries_of, moved_since
from tanggap.evaluation.selectors.events import STREAM, told_by_case
from tanggap.evaluation.selectors.world import world
from tanggap.evaluation.tallies.entry import Entry, World, entry_of

MOST_PENDING: Final = 1000
"""So many are corrected on a read; behind a longer line of changes figures are as old as the last folding."""
BATCH: Final = 8000
_MOVED: Final = "SELECT DISTINCT stream FROM ledger_movement WHERE stream LIKE 'case:%%' LIMIT %s"
_STALE: Final = "SELECT case_id FROM evaluation_tallyentry WHERE next_at < %s ORDER BY next_at LIMIT %s"


@dataclass(frozen=True, slots=True)
class Difference:
    """One case: what is kept of it, and what it contributes at the moment asked about."""

    kept: Entry | None
    then: Entry | None


def differences_now(at: datetime) -> list[Difference]:
    """What happened since the last folding, bounded: events, and limits that ended."""
    return list(differences({*_moved(), *stale_cases(at, MOST_PENDING)}, at))


def differences_then(node: Node, period: Period, at: datetime) -> list[Difference]:
    """What was otherwise `at` a moment among the cases of a period that ever stood in a node."""
    with no_cycles():
        return list(differences({*_moved(), *moved_since(node, period, at)}, at, until=at))


def stale_cases(at: datetime, most: int) -> list[int]:
    """Cases of which a limit ended since they were counted, the longest ended first."""
    with connection.cursor() as cursor:
        cursor.execute(_STALE, [at, most])
        return [case_id for (case_id,) in cursor.fetchall()]


def kept_of(differing: Iterable[Difference]) -> set[int]:
    """The cases whose kept entries do not hold."""
    return {difference.kept.case_id for difference in differing if difference.kept}


def now_in(node: Node, period: Period, differing: Iterable[Difference]) -> Iterator[Entry]:
    """What holds instead, of the cases that stand in a node and were received in a period."""
    start, end = days_of(period, node.zone)
    for difference in differing:
        if difference.then and node.has(difference.then) and start <= difference.then.received_at < end:
            yield difference.then


def _moved() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [MOST_PENDING])
        return [int(stream[len(STREAM) :]) for (stream,) in cursor.fetchall()]


def differences(
    case_ids: Iterable[int],
    at: datetime,
    until: datetime | None = None,
    known: World | None = None,
    *,
    kept: bool = True,
) -> Iterator[Difference]:
    """The difference of each case as judged `at` a moment, from all its events or from those `until` then.

    `kept=False` does not ask what is kept.
    """
    known = known or world()
    for batch in batches(sorted(case_ids)):
        entries, told = entries_of(batch) if kept else {}, told_by_case(batch, until)
        known.prepare(agency for story in told.values() for agency, _body in story.places)
        for case_id in batch:
            story = told.get(case_id)
            then = entry_of(case_id, story, at, known) if story is not None else None
            yield Difference(entries.get(case_id), then)


def batches(case_ids: Sequence[int]) -> Iterator[list[int]]:
    """Cases in batches of a size that one statement bears."""
    for start in range(0, len(case_ids), BATCH):
        yield list(case_ids[start : start + BATCH])
