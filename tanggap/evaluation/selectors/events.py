"""What the events of cases tell, many cases at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import orjson
from django.db import connection

from tanggap.evaluation.tallies.told import Happening, Told, told

STREAM: Final = "case:"
# One row a case: the database puts the events together while we are still busy with the cases before.
_OF_CASES: Final = """
    SELECT e.stream, json_agg(json_build_array(
        e.seq, e.name, e.at, e.data->'changes', e.data->>'promised_on', e.data->'late', e.data->'pledge'
    ) ORDER BY e.seq)::text
    FROM ledger_event e WHERE e.stream = ANY(%s) AND (%s::timestamptz IS NULL OR e.at <= %s) GROUP BY e.stream
"""


def told_by_case(case_ids: Sequence[int], until: datetime | None = None) -> dict[int, Told]:
    """What the events of each case tell, `until` a moment; cases without any event by then are left out."""
    if not case_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_OF_CASES, [[f"{STREAM}{pk}" for pk in case_ids], until, until])
        rows = cursor.fetchall()
    return {int(stream[len(STREAM) :]): told(map(_happening, orjson.loads(events))) for stream, events in rows}


def _happening(event: Sequence[Any]) -> Happening:
    seq, name, at, changes, promised_on, late, pledge = event
    return Happening(seq, name, datetime.fromisoformat(at), changes, promised_on is not None, bool(late), pledge or 0)
