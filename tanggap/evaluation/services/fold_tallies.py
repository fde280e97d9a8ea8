"""Counting what happened since the last time into the tallies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import F

from tanggap.directory import cache
from tanggap.directory.models import Agency
from tanggap.directory.selectors import subtree_ids
from tanggap.evaluation.selectors.differences import differences
from tanggap.evaluation.selectors.events import STREAM
from tanggap.evaluation.selectors.recount import tallies_are_missing
from tanggap.evaluation.selectors.world import world
from tanggap.evaluation.services.rebuild_tallies import rebuild_tallies
from tanggap.evaluation.tallies.summing import Sums
from tanggap.evaluation.writing import add_to_tallies, lock_tallies, replace_entries

BATCH: Final = 10_000
"""The larger, the more changes of one batch meet in the same tallies."""
SHOWN_FROM: Final = 2 * BATCH
_TAKE: Final = """
    DELETE FROM ledger_movement WHERE id IN (SELECT id FROM ledger_movement ORDER BY id LIMIT %s) RETURNING stream
"""
_STALE: Final = "SELECT case_id FROM evaluation_tallyentry WHERE next_at < %s ORDER BY next_at LIMIT %s"
_AGAIN: Final = """
    INSERT INTO ledger_movement (stream)
    SELECT 'case:' || case_id FROM evaluation_tallyentry WHERE ever && %s::int[]
"""
_UNCOUNTED: Final = """
    INSERT INTO ledger_movement (stream)
    SELECT 'case:' || c.id FROM cases_case c LEFT JOIN evaluation_tallyentry e ON e.case_id = c.id
    WHERE e.case_id IS NULL LIMIT %s
"""
_NO_YEARS: Final = "DELETE FROM evaluation_tally WHERE months = 12 AND node = ANY(%s)"
_AGENCY: Final = "agency:"


@transaction.atomic
def fold_tallies(*, now: datetime, batch: int = BATCH) -> int:
    """Count at most a batch of events, and of limits that ended, into entries and tallies; how many were taken.

    Movements, entries and tallies change in one transaction, so that a crash leaves them in step; one folding at a
    time, a second finds nothing to do. An agency that was merged or moved takes all its cases along: they are counted
    anew. Call again until it returns 0.
    """
    if not lock_tallies(wait=False):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [batch])
        streams = [stream for (stream,) in cursor.fetchall()]
        cursor.execute(_STALE, [now, batch])
        stale = [case_id for (case_id,) in cursor.fetchall()]
    _count_anew([int(stream[len(_AGENCY) :]) for stream in streams if stream.startswith(_AGENCY)])
    moved = {int(stream[len(STREAM) :]) for stream in streams if stream.startswith(STREAM)}
    _fold({*moved, *stale}, now)
    return len(streams) + len(stale)


def fold_everything(*, now: datetime, progress: Callable[[str], object] = lambda _line: None) -> int:
    """Fold until nothing is left, a transaction a batch; how many were taken. What was never counted comes first."""
    total = rebuild_tallies(now=now, progress=progress) if tallies_are_missing() else 0
    while taken := fold_tallies(now=now):
        total += taken
        if total > SHOWN_FROM:
            progress(f"{total} perubahan dihitung ke dalam rapor")
    return total


def count_missing(*, most: int = 100_000) -> int:
    """Put cases that nobody counted into the line; how many. Looks at all cases: for the night."""
    with connection.cursor() as cursor:
        cursor.execute(_UNCOUNTED, [most])
        return int(cursor.rowcount)


def _fold(case_ids: set[int], now: datetime) -> None:
    known = world()
    sums, entries = Sums(known.is_body), []
    for difference in differences(case_ids, now, known=known):
        sums.change(difference.kept, difference.then)
        if difference.then is not None:
            entries.append(difference.then)
    if case_ids:
        replace_entries(sorted(case_ids), entries)
        add_to_tallies(sums.with_years())


def _count_anew(agency_ids: list[int]) -> None:
    """All cases that ever stood with these agencies or below them, counted again with the tree as it is now."""
    if not agency_ids:
        return
    cache.clear()
    paths = Agency.objects.filter(pk__in=agency_ids).values_list("path", flat=True)
    below = sorted({pk for path in paths for pk in subtree_ids(path)})
    with connection.cursor() as cursor:
        cursor.execute(_AGAIN, [below])
        # What is a body no more is counted by month alone.
        units = Agency.objects.filter(pk__in=below).exclude(pk=F("body_id")).values_list("pk", flat=True)
        cursor.execute(_NO_YEARS, [list(units)])
