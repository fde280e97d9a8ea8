"""Cases that no reaction put on watch: loaded in bulk, or whose job was lost."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from tanggap.cases.models import Case
from tanggap.escalation.services.watch_case import watch_cases

BATCH = 500
MOST = 20_000
LOOKED_BACK = timedelta(hours=3)
_FELL_BEHIND = """
    SELECT DISTINCT watch.case_id
    FROM ledger_event AS event
    JOIN escalation_watch AS watch ON watch.case_id = substr(event.stream, 6)::bigint
    WHERE event.recorded_at >= %s AND event.stream LIKE 'case:%%' AND event.name LIKE 'case.%%'
      AND event.id > watch.event_id
    ORDER BY watch.case_id LIMIT %s
"""


def watch_missing(*, now: datetime, most: int = MOST) -> int:
    """Watch the open, awake cases that have no watch, and those whose latest events it missed; how many were."""
    found = 0
    while found < most and (ids := _unwatched()):
        found += watch_cases(ids, now=now)
    return found + watch_cases(_fell_behind(now, most), now=now)


def _unwatched() -> list[int]:
    # `due_at` is set for open cases alone, and has the index.
    missing = Case.objects.filter(due_at__isnull=False, dormant=False, watch__isnull=True)
    return list(missing.order_by("pk").values_list("pk", flat=True)[:BATCH])


def _fell_behind(now: datetime, most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_FELL_BEHIND, [now - LOOKED_BACK, most])
        return [case_id for (case_id,) in cursor.fetchall()]
