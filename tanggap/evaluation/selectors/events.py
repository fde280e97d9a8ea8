"""What the events of cases tell, many cases at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.db import connection

from tanggap.evaluation.tallies.told import Happening, Told, told

STREAM: Final = "case:"
_TOLD: Final = "e.seq, e.name, e.at, e.data->'changes', e.data->>'promised_on', e.data->>'late', e.data->>'pledge'"
_OF_CASES: Final = f"""
    SELECT e.stream, {_TOLD} FROM ledger_event e
    WHERE e.stream = ANY(%s) AND (%s::timestamptz IS NULL OR e.at <= %s) ORDER BY e.stream, e.seq
"""  # noqa: S608 - a constant of ours


def told_by_case(case_ids: Sequence[int], until: datetime | None = None) -> dict[int, Told]:
    """What the events of each case tell, `until` a moment; cases without any event by then are left out."""
    if not case_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_OF_CASES, [[f"{STREAM}{pk}" for pk in case_ids], until, until])
        rows = cursor.fetchall()
    return dict(told_in(rows))


def told_in(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[int, Told]]:
    """(case, what is told of it) from rows of events, those of a case together and oldest first."""
    for stream, events in groupby(rows, key=lambda row: row[0]):
        yield int(stream[len(STREAM) :]), told(_happening(event) for event in events)


def _happening(row: Sequence[Any]) -> Happening:
    _stream, seq, name, at, changes, promised_on, late, pledge = row
    data: dict[str, Any] = {}
    if changes is not None:
        data["changes"] = json.loads(changes)
    if promised_on is not None:
        data["promised_on"] = promised_on
    if pledge is not None:
        data["pledge"], data["late"] = int(pledge), late == "true"
    return Happening(seq, name, at, data)
