"""Writing many watches in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import connection

_SET = """
    INSERT INTO escalation_watch (case_id, next_check_at, asleep, event_id)
    SELECT * FROM unnest(%s::bigint[], %s::timestamptz[], %s::boolean[], %s::bigint[])
    ON CONFLICT (case_id) DO UPDATE SET
        next_check_at = excluded.next_check_at,
        asleep = excluded.asleep,
        event_id = greatest(excluded.event_id, escalation_watch.event_id)
"""


class WatchSet(NamedTuple):
    """When a case must be looked at next; `event_id` 0 leaves what is known of its events."""

    case_id: int
    next_check_at: datetime | None
    asleep: bool = False
    event_id: int = 0


def set_watches(rows: Iterable[WatchSet]) -> None:
    """Make or change the watches of these cases. The caller holds their cases or their watches."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    if columns:
        with connection.cursor() as cursor:
            cursor.execute(_SET, columns)
