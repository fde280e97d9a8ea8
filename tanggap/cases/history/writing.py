"""Many cases at once: rows by COPY, events in bulk, one transaction a batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models

from tanggap.cases.history.bulk import copy_rows, fresh_tracking_ids, next_ids
from tanggap.cases.history.parsing import Past
from tanggap.cases.history.story import Story, tell
from tanggap.cases.identity import new_reporter
from tanggap.cases.models import Case, CaseAlias
from tanggap.cases.recording import spellings
from tanggap.cases.searching import keep_words
from tanggap.cases.words_aside import set_aside
from tanggap.ledger.services.bulk_record import Entry, bulk_record

ACTOR = "import"
LOCK = 0x7A6E6969
_SOURCES = "SELECT stream, data->>'source' FROM ledger_event WHERE stream = ANY(%s) AND seq = 1"


def lock_imports() -> None:
    """One import at a time until commit: two of the same file would otherwise each find the other's lines new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def sources_of(numbers: Iterable[str]) -> dict[str, str]:
    """For every spelling of the numbers that are taken: the digest of the case that has it ("" if it has none)."""
    wanted = {spelling for number in numbers for spelling in spellings(number)}
    rows = list(CaseAlias.objects.filter(value__in=wanted).values_list("value", "case_id"))
    with connection.cursor() as cursor:
        cursor.execute(_SOURCES, [[f"case:{case_id}" for _value, case_id in rows]])
        sources = {stream: source or "" for stream, source in cursor.fetchall()}
    return {spelling: sources.get(f"case:{pk}", "") for value, pk in rows for spelling in spellings(value)}


def write_pasts(pasts: Sequence[Past], *, live: bool) -> None:
    """Write the cases with everything that belongs to them. The caller holds the transaction and the lock."""
    stories = [
        tell(past, tracking_id, live=live)
        for past, tracking_id in zip(pasts, fresh_tracking_ids(len(pasts)), strict=True)
    ]
    for story, case_id in zip(stories, next_ids(Case, len(stories)), strict=True):
        story.case.pk = case_id
    copy_rows([story.case for story in stories], with_id=True)
    for rows in _parts(stories, pasts):
        copy_rows(rows)
    bulk_record(_entries(stories), new_streams=True)
    keep_words([story.case.pk for story in stories if story.case.published])


def _parts(stories: Sequence[Story], pasts: Sequence[Past]) -> Iterator[list[models.Model]]:
    yield [_owned(story.narrative, story.case) for story in stories]
    yield [CaseAlias(case_id=story.case.pk, value=past.number) for story, past in zip(stories, pasts, strict=True)]
    people = (new_reporter(story.case, past.contact) for story, past in zip(stories, pasts, strict=True))
    yield [person for person in people if person is not None]
    yield [_owned(story.leg, story.case) for story in stories if story.leg]
    yield [_owned(story.hold, story.case) for story in stories if story.hold]
    yield [_owned(story.subject, story.case) for story in stories if story.subject]


def _owned(row: Any, case: Case) -> models.Model:
    """The row with its case's number, which was not known when the row was made."""
    row.case_id = case.pk
    assert isinstance(row, models.Model)
    return row


def _entries(stories: Iterable[Story]) -> Iterator[Entry]:
    for story in stories:
        for step in story.steps:
            hashed, words = set_aside(step.name, step.data)
            yield Entry(step.name, story.case.stream, ACTOR, step.at, hashed, words, imported=True)
