"""Cases that contribute something else than what is kept: not folded in yet, or asked about as of an earlier moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from tanggap.directory.selectors import prepare_calendars
from tanggap.evaluation.periods import Period
from tanggap.evaluation.selectors.entries import Node, entries_of, moved_since
from tanggap.evaluation.selectors.events import STREAM, told_by_case
from tanggap.evaluation.selectors.world import world
from tanggap.evaluation.tallies.entry import Entry, World, entry_of

MOST_PENDING: Final = 1000
"""So many are corrected on a read; behind a longer line of changes figures are as old as the last folding."""
BATCH: Final = 2000
_MOVED: Final = "SELECT DISTINCT stream FROM ledger_movement WHERE stream LIKE 'case:%%' LIMIT %s"
_STALE: Final = "SELECT case_id FROM evaluation_tallyentry WHERE next_at < %s ORDER BY next_at LIMIT %s"


@dataclass(frozen=True, slots=True)
class Difference:
    """One case: what is kept of it, and what it contributes at the moment asked about."""

    kept: Entry | None
    then: Entry | None


def differences_now(at: datetime) -> list[Difference]:
    """What happened since the last folding, bounded: events, and limits that ended."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [MOST_PENDING])
        moved = [int(stream[len(STREAM) :]) for (stream,) in cursor.fetchall()]
        cursor.execute(_STALE, [at, MOST_PENDING])
        stale = [row[0] for row in cursor.fetchall()]
    return list(differences({*moved, *stale}, at))


def differences_then(node: Node, period: Period, at: datetime) -> list[Difference]:
    """What was otherwise `at` a moment among the cases of a period that ever stood in a node."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [MOST_PENDING])
        moved = [int(stream[len(STREAM) :]) for (stream,) in cursor.fetchall()]
    return list(differences({*moved, *moved_since(node, period, at)}, at, until=at))


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
        prepare_calendars({agency for story in told.values() for agency, _body in story.places})
        for case_id in batch:
            story = told.get(case_id)
            then = entry_of(case_id, story, at, known) if story is not None else None
            yield Difference(entries.get(case_id), then)


def batches(case_ids: Sequence[int]) -> Iterator[list[int]]:
    """Cases in batches of a size that one statement bears."""
    for start in range(0, len(case_ids), BATCH):
        yield list(case_ids[start : start + BATCH])
