"""Cases as they stood at an earlier moment, from their events: what came later is left out of every decision."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from tanggap.cases.deadlines import next_due, set_statutory_date
from tanggap.cases.models import Case
from tanggap.cases.replay import TIME, replay
from tanggap.directory.models import Agency

# What decides about clocks. Who may read a case is never wound back: what became secret stays secret.
WOUND_BACK = (
    "state",
    "state_before",
    "classification",
    "agency_id",
    "body_id",
    "verified_at",
    "completed_at",
    "forwarded_at",
    "first_answered_at",
    "answered_at",
    "closed_at",
    "verification_due_at",
    "answer_due_at",
    "resolution_due_at",
    "window_ends_at",
    "hold_due_at",
    "objection_due_at",
    "urgent",
    "holds",
    "objections",
    "reopens",
)
EMPTY = Case()
"""A case to which nothing has happened yet."""
_LATER = "SELECT DISTINCT stream FROM ledger_event WHERE stream = ANY(%s) AND at > %s AND data ? 'changes'"
_UNTIL = """
    SELECT stream, data->'changes' FROM ledger_event
    WHERE stream = ANY(%s) AND at <= %s AND data ? 'changes' ORDER BY stream, seq
"""


def wind_back(cases: Sequence[Case], at: datetime) -> set[int]:
    """Give the cases that changed after `at` the columns they had then, unsaved; returns which they are."""
    by_stream = {case.stream: case for case in cases}
    with connection.cursor() as cursor:
        cursor.execute(_LATER, [list(by_stream), at])
        later = [stream for (stream,) in cursor.fetchall()]
        if not later:
            return set()
        cursor.execute(_UNTIL, [later, at])
        told: dict[str, list[Mapping[str, Any]]] = {stream: [] for stream in later}
        for stream, changes in cursor.fetchall():
            told[stream].append(json.loads(changes))
    for stream, changes in told.items():
        _apply(by_stream[stream], replay(changes))
    _place([by_stream[stream] for stream in later])
    return {by_stream[stream].pk for stream in later}


def _apply(case: Case, columns: Mapping[str, Any]) -> None:
    for name in WOUND_BACK:
        value = columns.get(name)
        if value is None:
            value = getattr(EMPTY, name)
        elif name.endswith(TIME):
            value = datetime.fromisoformat(value)
        setattr(case, name, value)


def _place(cases: Sequence[Case]) -> None:
    """The agencies they were with then, and the columns that follow from the others."""
    wanted = {pk for case in cases for pk in (case.agency_id, case.body_id) if pk is not None}
    agencies = Agency.objects.select_related("body").in_bulk(wanted)
    for case in cases:
        case.agency = agencies[case.agency_id]
        case.body = agencies[case.body_id] if case.body_id is not None else None
        case.statutory_due_at = None
        set_statutory_date(case)
        case.due_at = next_due(case)
