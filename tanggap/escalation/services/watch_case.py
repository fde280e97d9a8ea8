"""Finding out when a case must be looked at next, after anything happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction

from tanggap.cases.models import Case
from tanggap.escalation.deciding import Look
from tanggap.escalation.ladders import Ladders
from tanggap.escalation.models import Watch
from tanggap.escalation.services.stop_steps import stop_steps
from tanggap.escalation.watching import WatchSet, set_watches

BATCH = 500
_LAST_EVENTS = """
    SELECT wanted.stream, last.id FROM unnest(%s::text[]) AS wanted(stream)
    CROSS JOIN LATERAL (
        SELECT id FROM ledger_event WHERE stream = wanted.stream ORDER BY seq DESC LIMIT 1
    ) AS last
"""


def watch_cases(case_ids: Iterable[int], *, now: datetime, stop: bool = True) -> int:
    """Set the next look at each case, and call back what its stopped clocks had decided; how many were set.

    The rows are read after the watch is locked: of two jobs for one case the later one sees what both announce.
    Without `stop` nothing is called back: a sweep of an earlier time decided what it knew then.
    """
    ids = sorted(set(case_ids))
    return sum(_watch(ids[first : first + BATCH], now, stop) for first in range(0, len(ids), BATCH))


@transaction.atomic
def _watch(ids: Sequence[int], now: datetime, stop: bool) -> int:
    known = list(Case.objects.filter(pk__in=ids).values_list("pk", flat=True))
    Watch.objects.bulk_create([Watch(case_id=pk) for pk in known], ignore_conflicts=True)
    locked = Watch.objects.select_for_update().filter(case_id__in=known).order_by("case_id")
    mine = list(locked.values_list("case_id", flat=True))
    last = last_events(mine)
    cases = load_cases(mine)
    look = Look(cases, now, Ladders())
    next_at = next_looks(look)
    dormant = {case.pk: case.dormant for case in cases}
    set_watches(WatchSet(pk, moment, asleep=dormant[pk], event_id=last.get(pk, 0)) for pk, moment in next_at.items())
    if stop:
        stop_steps(running=look.running(), now=now)
    return len(mine)


def load_cases(ids: Sequence[int]) -> list[Case]:
    """The cases with what their steps and messages need."""
    return list(Case.objects.select_related("agency__body", "brand").filter(pk__in=ids).order_by("pk"))


def next_looks(look: Look) -> dict[int, datetime | None]:
    """When each case has a step due next; a step that is due already is due now."""
    found = {}
    for case, decision in look.decisions():
        due_now = bool(decision.taken or decision.skipped)
        found[case.pk] = look.at if due_now else decision.next_at
    return found


def last_events(case_ids: Sequence[int]) -> dict[int, int]:
    """The last event of each case."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_EVENTS, [[f"case:{pk}" for pk in case_ids]])
        return {int(stream.removeprefix("case:")): event_id for stream, event_id in cursor.fetchall()}
