"""What the rules against gaming look at: the cases one body received in a period, in a few statements."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from tanggap.accounts.models import Membership
from tanggap.cases.models import Case, Message, MessageKind
from tanggap.cases.replay import comparable
from tanggap.cases.workflow import State
from tanggap.directory.models import Agency
from tanggap.evaluation.periods import Period
from tanggap.evaluation.ranking.flags import Seen

BATCH = 2000
CORRECTED = "case.corrected"
_PERSON = "person:"
_STOPPED = """
    SELECT stream, name, at, data->'changes' FROM ledger_event
    WHERE stream = ANY(%s) AND data ? 'changes' ORDER BY stream, seq
"""
_COLUMNS = (
    "pk", "state", "received_at", "forwarded_at", "first_answered_at", "answered_at", "closed_at", "answer_due_at",
    "outcome", "archive_reason", "merged_into_id", "entered_by_key", "agency_id", "holds", "reporter__seen_at",
)  # fmt: skip
Stops = tuple[tuple[datetime, datetime], ...]


def flag_facts(body: Agency, period: Period) -> list[Seen]:
    """The cases a body received in a period, in its zone. Imported ones tell too little and are left out."""
    zone = ZoneInfo(body.zone)
    start, end = (datetime.combine(day, time.min, zone) for day in (period.first, period.last + timedelta(days=1)))
    cases = Case.objects.filter(body=body, received_at__gte=start, received_at__lt=end, imported=False)
    rows = list(cases.order_by("pk").values(*_COLUMNS))
    found: list[Seen] = []
    for first in range(0, len(rows), BATCH):
        found += _batch(rows[first : first + BATCH], zone)
    return found


def _batch(rows: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> Iterator[Seen]:
    ids = [row["pk"] for row in rows]
    answers, stops, posts = _answers(ids), _stops(ids), _posts(row["entered_by_key"] for row in rows)
    for row in rows:
        yield Seen(
            pk=row["pk"],
            state=row["state"],
            received_at=row["received_at"].astimezone(zone),
            forwarded_at=row["forwarded_at"],
            first_answered_at=row["first_answered_at"],
            answered_at=row["answered_at"],
            ended_at=row["closed_at"].astimezone(zone) if row["closed_at"] else None,
            answer_due_at=row["answer_due_at"],
            outcome=row["outcome"],
            archive_reason=row["archive_reason"],
            merged=row["merged_into_id"] is not None,
            seen_at=row["reporter__seen_at"],
            answer=answers.get(row["pk"], ""),
            entered_by_holder=row["agency_id"] in posts.get(row["entered_by_key"], ()),
            stops=stops.get(row["pk"], ()),
        )


def _answers(ids: Sequence[int]) -> dict[int, str]:
    """The last final answer of each case, as a digest of its words: numbers in it do not make it another one."""
    finals = Message.objects.filter(case_id__in=ids, kind=MessageKind.FINAL, draft=False).order_by("at", "pk")
    return {case_id: words_digest(text) for case_id, text in finals.values_list("case_id", "text")}


def words_digest(text: str) -> str:
    """Equal for texts that differ in nothing but case, spaces and numbers."""
    words = re.sub(r"\d+", "0", " ".join(text.lower().split()))
    return sha256(words.encode()).hexdigest()[:16]


def _posts(keys: Iterable[str]) -> dict[str, set[int]]:
    """Where those who entered cases are or were posted."""
    people = {int(key.removeprefix(_PERSON)) for key in keys if key.startswith(_PERSON)}
    posts: dict[str, set[int]] = defaultdict(set)
    for person_id, agency_id in Membership.objects.filter(person_id__in=people).values_list("person_id", "agency_id"):
        posts[f"{_PERSON}{person_id}"].add(agency_id)
    return posts


def _stops(ids: Sequence[int]) -> dict[int, Stops]:
    """Holds and re-classifications of cases, each with the limit that ran at that moment, as the events tell."""
    with connection.cursor() as cursor:
        cursor.execute(_STOPPED, [[f"case:{pk}" for pk in ids]])
        events = cursor.fetchall()
    told = {stream: _stops_of(rows) for stream, rows in groupby(events, key=lambda event: event[0])}
    return {int(stream.removeprefix("case:")): stops for stream, stops in told.items() if stops}


def _stops_of(events: Iterable[tuple[str, str, datetime, str]]) -> Stops:
    columns: dict[str, Any] = {}
    stops = []
    for _stream, name, at, raw in events:
        changes = json.loads(raw)
        held = changes.get("state") == State.ON_HOLD
        reclassified = name == CORRECTED and "classification" in changes
        due = _running(columns) if held or reclassified else None
        if due is not None:
            stops.append((at, due))
        columns.update(changes)
    return tuple(stops)


def _running(columns: Mapping[str, Any]) -> datetime | None:
    """The limit that ran by these columns: of the verification, the first answer or the resolution."""
    if not columns.get("verified_at"):
        name = "verification_due_at"
    elif not columns.get("first_answered_at"):
        name = "answer_due_at"
    else:
        name = "resolution_due_at"
    due: datetime | None = comparable(name, columns.get(name))
    return due
