"""The facts of cases from their rows, or from their events as of an earlier moment: the same facts either way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import QuerySet

from tanggap.cases.clocks import Pause
from tanggap.cases.models import Case, Hold
from tanggap.cases.replay import TIME, comparable
from tanggap.cases.workflow import State
from tanggap.evaluation.figures import CaseFacts

BATCH = 2000
COLUMNS = (
    "state", "channel", "classification", "category_id", "region_id", "agency_id", "body_id", "received_at",
    "verified_at", "forwarded_at", "first_answered_at", "closed_at", "verification_due_at", "answer_due_at",
    "resolution_due_at", "objection_due_at", "outcome", "archive_reason",
    "reopens", "returns", "rating", "merged_into_id",
)  # fmt: skip
_EVENTS = """
    SELECT stream, at, data->'changes' FROM ledger_event
    WHERE stream = ANY(%s) AND at <= %s AND data ? 'changes' ORDER BY stream, seq
"""
T = TypeVar("T")
Covers = Callable[[Mapping[str, Any]], bool]
"""Whether a case with these columns belongs to the card."""


def facts_now(cases: QuerySet[Case]) -> Iterator[CaseFacts]:
    """The facts of the rows as they are."""
    rows = cases.order_by("pk").values("pk", "holds", *COLUMNS).iterator(chunk_size=BATCH)
    for batch in _batches(rows):
        pauses = _pauses([row["pk"] for row in batch if row["holds"]])
        for row in batch:
            yield _facts(row, pauses.get(row["pk"], ()))


def facts_as_of(cases: QuerySet[Case], at: datetime, covers: Covers) -> Iterator[CaseFacts]:
    """The facts as their events tell until `at`, of those of `cases` that belonged to the card then.

    `cases` are all that may have: the row says only where a case is now.
    """
    ids = cases.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH)
    for batch in _batches(ids):
        with connection.cursor() as cursor:
            cursor.execute(_EVENTS, [[f"case:{pk}" for pk in batch], at])
            events = cursor.fetchall()
        for _stream, told in groupby(events, key=lambda event: event[0]):
            columns, pauses = _replayed((moment, json.loads(changes)) for _s, moment, changes in told)
            if covers(columns):
                yield _facts(columns, pauses)


def _replayed(told: Iterable[tuple[datetime, Mapping[str, Any]]]) -> tuple[dict[str, Any], tuple[Pause, ...]]:
    """The columns, and the stretches between an event that leads into `on_hold` and the one that leads out."""
    columns: dict[str, Any] = {}
    pauses: list[Pause] = []
    asked: datetime | None = None
    for moment, changes in told:
        columns.update(changes)
        held = columns.get("state") == State.ON_HOLD
        if held and asked is None:
            asked = moment
        elif not held and asked is not None:
            pauses.append(Pause(asked, moment))
            asked = None
    if asked is not None:
        pauses.append(Pause(asked))
    return columns, tuple(pauses)


def _pauses(case_ids: list[int]) -> dict[int, tuple[Pause, ...]]:
    found: dict[int, tuple[Pause, ...]] = {}
    if case_ids:
        holds = Hold.objects.filter(case_id__in=case_ids).order_by("asked_at", "pk")
        for case_id, asked, ended in holds.values_list("case_id", "asked_at", "ended_at"):
            found[case_id] = (*found.get(case_id, ()), Pause(asked, ended))
    return found


def _facts(columns: Mapping[str, Any], pauses: tuple[Pause, ...]) -> CaseFacts:
    def time(name: str) -> datetime | None:
        assert name.endswith(TIME)
        at: datetime | None = comparable(name, columns.get(name))
        return at

    received_at = time("received_at")
    assert received_at is not None
    return CaseFacts(
        state=columns["state"],
        channel=columns["channel"],
        classification=columns.get("classification"),
        category=columns.get("category_id"),
        region=columns.get("region_id"),
        agency_id=columns["agency_id"],
        received_at=received_at,
        verified_at=time("verified_at"),
        forwarded_at=time("forwarded_at"),
        first_answered_at=time("first_answered_at"),
        closed_at=time("closed_at"),
        verification_due_at=time("verification_due_at"),
        answer_due_at=time("answer_due_at"),
        resolution_due_at=time("resolution_due_at"),
        objection_due_at=time("objection_due_at"),
        outcome=columns.get("outcome") or "",
        archive_reason=columns.get("archive_reason") or "",
        reopens=columns.get("reopens") or 0,
        returns=columns.get("returns") or 0,
        rating=columns.get("rating"),
        merged=columns.get("merged_into_id") is not None,
        pauses=pauses,
    )


def _batches(rows: Iterable[T]) -> Iterator[Sequence[T]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch
