"""Whether the rows of the cases are what their events say, and whether the ledger itself is whole.

Constant memory: batches of cases by number. Row, events and texts of a case are read by one statement, so that a
case which moves while the audit runs is seen before or after the move and never in between.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from tanggap.cases.models import AUDITED, CaseAlias
from tanggap.cases.proofs import NARRATIVE, message_digest, message_name, narrative_digest
from tanggap.cases.replay import comparable, replay
from tanggap.cases.words_aside import is_proof, proof_of
from tanggap.ledger.selectors import audit_ledger

BATCH = 500
SHOWN_EVERY = 50_000
NUMBER = "tracking_id"

_EVENTS = """
    SELECT jsonb_agg(jsonb_build_array(e.data->'changes', e.data->'texts') ORDER BY e.seq)
    FROM ledger_event e WHERE e.stream = 'case:' || c.id
"""
_MESSAGES = """
    SELECT jsonb_agg(jsonb_build_array(m.id, m.text, m.public_text)) FROM cases_message m WHERE m.case_id = c.id
"""
_CASES = f"""
    SELECT c.id, ({_EVENTS}), n.agency_text, n.public_text, ({_MESSAGES}), {", ".join(f"c.{name}" for name in AUDITED)}
    FROM cases_case c LEFT JOIN cases_narrative n ON n.case_id = c.id
    WHERE c.id > %s ORDER BY c.id LIMIT %s
"""  # noqa: S608 - the columns are a constant of ours
_ROWLESS = """
    SELECT DISTINCT ON (e.stream) e.data->'changes'->>'tracking_id', e.stream FROM ledger_event e
    WHERE e.stream LIKE 'case:%' AND NOT EXISTS (SELECT 1 FROM cases_case c WHERE c.id::text = substr(e.stream, 6))
    ORDER BY e.stream, e.seq
"""
_KNOWN = "SELECT id, tracking_id FROM cases_case WHERE id = ANY(%s)"

# What the ledger's findings are called on the screen.
SAYS = {
    "event_missing": "kejadian hilang",
    "event_altered": "kejadian diubah",
    "chain_broken": "rantai kejadian putus",
    "differs_from_checkpoint": "berbeda dari segel harian",
    "checkpoint_forged": "segel harian palsu",
    "checkpoint_missing": "segel harian hilang",
    "checkpoint_out_of_order": "urutan segel harian salah",
    "checkpoint_differs": "berbeda dari segel harian",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the events say: the case (or the name of a stream or seal), and what."""

    name: str
    aliases: tuple[str, ...]
    what: str

    @property
    def line(self) -> str:
        """As the command prints it."""
        return "\t".join((self.name, ", ".join(self.aliases) or "-", self.what))


def audit(*, progress: Callable[[str], object] = lambda _line: None) -> Iterator[Difference]:
    """Everything that differs: rows and texts of the cases first, then the ledger's chains and seals."""
    progress("membandingkan laporan dengan kejadiannya")
    yield from _audit_rows(progress)
    yield from _audit_rowless()
    progress("memeriksa rantai kejadian dan segel harian")
    yield from _audit_ledger()


def _audit_rows(progress: Callable[[str], object]) -> Iterator[Difference]:
    last, seen = 0, 0
    while rows := _rows_after(last):
        last, seen = rows[-1][0], seen + len(rows)
        wrong = {row[0]: what for row in rows if (what := _wrong_with(row))}
        aliases = _aliases(list(wrong))
        numbers = {row[0]: row[5 + AUDITED.index(NUMBER)] for row in rows if row[0] in wrong}
        for case_id, what in wrong.items():
            yield Difference(numbers[case_id], aliases.get(case_id, ()), what)
        if seen % SHOWN_EVERY == 0:
            progress(f"{seen} laporan dibandingkan")
    progress(f"{seen} laporan dibandingkan")


def _rows_after(last: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_CASES, [last, BATCH])
        return list(cursor.fetchall())


def _wrong_with(row: Sequence[Any]) -> str:
    """What differs in one case, by the names of its columns and texts: never their content."""
    _id, events, agency_text, public_text, messages, *columns = row
    if not events:
        return "tidak ada kejadian"
    told = json.loads(events)
    replayed = replay(changes for changes, _texts in told if changes)
    proofs = replay(texts for _changes, texts in told if texts)
    different = [
        name for name, value in zip(AUDITED, columns, strict=True) if not _is_as_told(name, value, replayed.get(name))
    ]
    different += _wrong_texts(proofs, agency_text, public_text, json.loads(messages or "[]"))
    return "berbeda dari kejadiannya: " + ", ".join(different) if different else ""


def _is_as_told(name: str, value: Any, told: Any) -> bool:
    """A column beside what the events say of it; a title beside its digest, where they keep no more of it."""
    if is_proof(told):
        return bool(value) and proof_of(str(value)) == str(told)
    return bool(comparable(name, value) == comparable(name, told))


def _wrong_texts(
    proofs: Mapping[str, str], agency_text: str | None, public_text: str | None, messages: list[list[Any]]
) -> Iterator[str]:
    """The texts that an event proved and that are not there any more, or not as they were, or were slipped in."""
    found = {message_name(number): message_digest(text, public) for number, text, public in messages}
    if agency_text is not None and public_text is not None:
        found[NARRATIVE] = narrative_digest(agency_text, public_text)
    # Cases written in bulk without proofs (the demo) have none to compare with.
    expected = proofs.keys() | found.keys() if NARRATIVE in proofs else proofs.keys()
    return (name for name in sorted(expected) if found.get(name) != proofs.get(name))


def _audit_rowless() -> Iterator[Difference]:
    """Events whose case was taken away."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWLESS)
        rows = cursor.fetchall()
    for number, stream in rows:
        yield Difference(number or stream, (), "laporan dihapus, kejadiannya masih ada")


def _audit_ledger() -> Iterator[Difference]:
    for finding in audit_ledger():
        what = SAYS.get(finding.problem, finding.problem)
        if finding.seq is not None:
            what = f"{what} (nomor {finding.seq})"
        yield Difference(*named(finding.stream), what)


def named(stream: str) -> tuple[str, tuple[str, ...]]:
    """The tracking id and aliases of a case's stream; other streams by their own name."""
    kind, _colon, number = stream.partition(":")
    if kind != "case" or not number.isdigit():
        return stream, ()
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [[int(number)]])
        row = cursor.fetchone()
    return (row[1], _aliases([row[0]]).get(row[0], ())) if row else (stream, ())


def _aliases(case_ids: list[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    if case_ids:
        for case_id, value in CaseAlias.objects.filter(case_id__in=case_ids).values_list("case_id", "value"):
            found[case_id] = (*found.get(case_id, ()), value)
    return found
