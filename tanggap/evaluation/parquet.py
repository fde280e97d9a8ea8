"""Cases and events as partitioned Parquet: the way to analyses beyond one machine (docs/how-to/growth-path.md).

Nothing personal and no free text leaves: no identity, no contact, no title, text or place by hand, no officer's name or
key. What is secret or supervisory is there and marked, so the files are for their owner's eyes only.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import file_digest
from pathlib import Path
from tempfile import NamedTemporaryFile, mkdtemp
from typing import Any, Final

import duckdb
from django.db import connection, transaction
from psycopg.sql import SQL, Composed, Literal

from tanggap.common.errors import Refused
from tanggap.evaluation.periods import Period, month_of

MANIFEST: Final = "manifest.json"
VERSION: Final = 1
PRIVATE: Final = 0o600
"""Until then the folder around it is closed to everybody else."""
Progress = Callable[[str], object]


@dataclass(frozen=True)
class Source:
    """One table: its columns with the types they have in Parquet, what they are read from, and what months cut."""

    name: str
    columns: dict[str, tuple[str, str]]
    """Name → (type, expression)."""
    tables: str
    cut_by: str
    where: str = "true"

    def query(self, start: datetime, end: datetime) -> Composed:
        """The rows of one month, in the order of their numbers, as COPY gives them out."""
        columns = ", ".join(f"{expression} AS {name}" for name, (_type, expression) in self.columns.items())
        text = (
            f"COPY (SELECT {columns} FROM {self.tables} WHERE {self.where} "  # noqa: S608 - constants of ours
            f"AND {self.cut_by} >= {{start}} AND {self.cut_by} < {{end}} ORDER BY 1, 2) TO STDOUT (FORMAT csv, HEADER)"
        )
        return SQL(text).format(start=Literal(start), end=Literal(end))


_CASE_TIMES: Final = (
    "received_at", "verified_at", "completed_at", "forwarded_at", "first_answered_at", "answered_at", "closed_at",
    "verification_due_at", "answer_due_at", "resolution_due_at", "objection_due_at",
)  # fmt: skip
_FLAGS: Final = ("anonymous", "secret", "guarded", "oversight", "urgent", "imported")
_WORDS: Final = ("state", "classification", "channel", "outcome", "archive_reason", "answer_kind")
_COUNTS: Final = ("holds", "returns", "objections", "reopens", "rating")
_UTC: Final = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
CASES: Final = Source(
    "cases",
    {
        "case_id": ("BIGINT", "c.id"),
        "body": ("VARCHAR", "b.code"),
        "agency": ("VARCHAR", "u.code"),
        "zone": ("VARCHAR", "u.zone"),
        "region": ("VARCHAR", "c.region_id"),
        "category": ("VARCHAR", "c.category_id"),
        **{name: ("VARCHAR", f"nullif(c.{name}, '')") for name in _WORDS},
        **{name: ("TIMESTAMP", _UTC.format(f"c.{name}")) for name in _CASE_TIMES},
        **{name: ("SMALLINT", f"c.{name}") for name in _COUNTS},
        **{name: ("BOOLEAN", f"c.{name}") for name in _FLAGS},
        "merged_into": ("BIGINT", "c.merged_into_id"),
        "parent": ("BIGINT", "c.parent_id"),
    },
    "cases_case c JOIN directory_agency u ON u.id = c.agency_id LEFT JOIN directory_agency b ON b.id = c.body_id",
    "c.received_at",
)
EVENTS: Final = Source(
    "events",
    {
        "case_id": ("BIGINT", "substr(e.stream, 6)::bigint"),
        "seq": ("INTEGER", "e.seq"),
        "name": ("VARCHAR", "e.name"),
        "at": ("TIMESTAMP", _UTC.format("e.at")),
        "recorded_at": ("TIMESTAMP", _UTC.format("e.recorded_at")),
        # Whether a person, the timer or an import: not who.
        "actor_kind": ("VARCHAR", "split_part(e.actor, ':', 1)"),
        "imported": ("BOOLEAN", "e.imported"),
        "changes": ("VARCHAR", "(e.data->'changes') - ARRAY['title', 'tracking_id']"),
        "promised_on": ("DATE", "e.data->>'promised_on'"),
        "promise_late": ("BOOLEAN", "e.data->>'late'"),
    },
    "ledger_event e",
    "e.at",
    "e.stream LIKE 'case:%'",
)
SOURCES: Final = (CASES, EVENTS)
_READ: Final = """
    SELECT * FROM read_csv(?, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = ?)
"""


def export_parquet(target: Path, period: Period | None, *, now: datetime, progress: Progress) -> dict[str, Any]:
    """Write both tables below `target`, a folder a month (`cases/year=2026/month=11/`), months in UTC; the manifest.

    Whole or not at all: it is written beside and renamed. Memory stays constant. Raises Refused for a folder that is
    there and not empty.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused(f"{target} sudah ada dan tidak kosong. Pilih folder lain.", code="not_empty")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(mkdtemp(prefix=".export-", dir=target.parent))
    except OSError as reason:
        raise Refused(f"{target} tidak dapat dibuat: {reason.strerror}.", code="no_folder") from reason
    try:
        with transaction.atomic():
            _see_one_moment()
            files = [file for source in SOURCES for file in _written(source, draft, period, progress)]
        manifest = {"version": VERSION, "made_at": now.isoformat(), "files": files}
        (draft / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
        (draft / MANIFEST).chmod(PRIVATE)
        if target.exists():
            target.rmdir()
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def _see_one_moment() -> None:
    """Cases and events of the same moment, however long it takes."""
    if not connection.savepoint_ids:  # inside a transaction of somebody's own, as in a test, it is too late to ask
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _written(source: Source, draft: Path, period: Period | None, progress: Progress) -> Iterator[dict[str, Any]]:
    for month in _months(source, period):
        folder = draft / source.name / f"year={month.year}" / f"month={month.month}"
        folder.mkdir(parents=True, mode=0o700)
        file = folder / "part-0.parquet"
        rows = _write(source, month, file)
        with file.open("rb") as content:
            digest = file_digest(content, "sha256").hexdigest()
        progress(f"{source.name} {month:%Y-%m}: {rows} baris")
        yield {"path": str(file.relative_to(draft)), "rows": rows, "bytes": file.stat().st_size, "sha256": digest}


def _months(source: Source, period: Period | None) -> tuple[date, ...]:
    """The months in which there is something, of the period where one is given."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT date_trunc('month', {source.cut_by} AT TIME ZONE 'UTC')::date "  # noqa: S608 - ours
            f"FROM {source.tables} WHERE {source.where} ORDER BY 1"
        )
        months = [row[0] for row in cursor.fetchall()]
    return tuple(month for month in months if period is None or month in period.months)


def _write(source: Source, month: date, file: Path) -> int:
    """One month by way of a file of lines on the same disk: neither side holds more than a piece of it."""
    start, end = (datetime.combine(day, time.min, UTC) for day in (month, month_of(month).last + timedelta(days=1)))
    with NamedTemporaryFile(dir=file.parent, suffix=".csv") as lines:
        with connection.cursor() as cursor, cursor.copy(source.query(start, end)) as copy:
            for piece in copy:
                lines.write(piece)
        lines.flush()
        return _convert(source, Path(lines.name), file)


def _convert(source: Source, lines: Path, file: Path) -> int:
    types = {name: kind for name, (kind, _expression) in source.columns.items()}
    with duckdb.connect(config={"threads": 1}) as duck:
        # Nothing is guessed: a file of which the first lines are unlike the rest must be read the same.
        table = duck.sql(_READ, params=[str(lines), types])
        table.write_parquet(str(file), compression="zstd")
        file.chmod(PRIVATE)
        ((counted,),) = duck.sql("SELECT count(*) FROM read_parquet(?)", params=[str(file)]).fetchall()
    return int(counted)
