"""Counting what happened since the last time into the tallies."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import F

from tanggap.common.cycles import no_cycles
from tanggap.directory import cache
from tanggap.directory.models import Agency
from tanggap.directory.selectors import subtree_ids
from tanggap.evaluation.selectors.differences import differences, stale_cases
from tanggap.evaluation.selectors.events import STREAM
from tanggap.evaluation.selectors.world import world
from tanggap.evaluation.tallies.summing import Sums
from tanggap.evaluation.writing import add_to_tallies, lock_tallies, replace_entries

BATCH: Final = 10_000
"""The larger, the more changes of one batch meet in the same tallies."""
_TAKE: Final = """
    DELETE FROM ledger_movement WHERE id IN (SELECT id FROM ledger_movement ORDER BY id LIMIT %s) RETURNING stream
"""
_AGAIN: Final = """
    INSERT INTO ledger_movement (stream)
    SELECT 'case:' || case_id FROM evaluation_tallyentry WHERE ever && %s::int[]
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
    stale = stale_cases(now, batch)
    _count_anew([int(stream[len(_AGENCY) :]) for stream in streams if stream.startswith(_AGENCY)])
    moved = {int(stream[len(STREAM) :]) for stream in streams if stream.startswith(STREAM)}
    with no_cycles():
        _fold({*moved, *stale}, now)
    return len(streams) + len(stale)


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
