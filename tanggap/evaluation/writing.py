"""Writing entries and tallies: the only place that changes either of the two tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final

import orjson
from django.db import connection

from tanggap.evaluation.selectors.entries import COLUMNS
from tanggap.evaluation.tallies.entry import Entry
from tanggap.evaluation.tallies.sheet import Sheet, add_counts, read_sheet, sheet_of, written
from tanggap.evaluation.tallies.summing import Key

LOCK: Final = 0x74616C6C
_COPY_ENTRIES: Final = f"COPY evaluation_tallyentry ({', '.join(COLUMNS)}) FROM STDIN (NULL 'None')"
_HELD: Final = COLUMNS.index("held")
_ARRAYS: Final = [COLUMNS.index(name) for name in ("nodes", "charged", "ever")]
_KEPT: Final = """
    SELECT t.node, t.months, t.slot, t.counts::text, t.details
    FROM unnest(%s::int[], %s::int[], %s::int[]) AS k(node, months, slot)
    JOIN evaluation_tally t USING (node, months, slot)
"""
# By way of a table of its own: as parameters so much JSON would be quoted letter by letter.
_CHANGED: Final = """
    CREATE TEMPORARY TABLE IF NOT EXISTS changed_tally (
        node int, months smallint, slot smallint, counts jsonb, details text
    ) ON COMMIT DELETE ROWS
"""
_COPY_CHANGED: Final = "COPY changed_tally (node, months, slot, counts, details) FROM STDIN"
_MERGE: Final = """
    INSERT INTO evaluation_tally (node, months, slot, counts, details)
    SELECT node, months, slot, counts, details FROM changed_tally ORDER BY node, months, slot
    ON CONFLICT (node, months, slot) DO UPDATE SET counts = excluded.counts, details = excluded.details
"""
_COPY_TALLIES: Final = "COPY evaluation_tally (node, months, slot, counts, details) FROM STDIN"


def lock_tallies(*, wait: bool = True) -> bool:
    """Be the only one who counts, until the transaction ends; whether it worked."""
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


@contextmanager
def only_counter() -> Iterator[None]:
    """Be the only one who counts, over several transactions; processes started meanwhile count in its name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def replace_entries(case_ids: Sequence[int], entries: Iterable[Entry]) -> None:
    """Put entries in the place of those of these cases."""
    with connection.cursor() as cursor:
        if case_ids:
            cursor.execute("DELETE FROM evaluation_tallyentry WHERE case_id = ANY(%s)", [list(case_ids)])
        with cursor.copy(_COPY_ENTRIES) as copy:
            copy.write("".join(map(_line, entries)))


def _line(entry: Entry) -> str:
    """An entry as COPY reads it: numbers, times and codes, which hold neither tab nor backslash.

    Written here, since the driver's general way takes four times as long, and a rebuild writes millions.
    """
    values = list(map(str, entry))
    values[_HELD] = orjson.dumps(entry.held).decode()
    for number in _ARRAYS:
        values[number] = f"{{{values[number][1:-1]}}}"
    return "\t".join(values) + "\n"


def add_to_tallies(changes: Mapping[Key, Mapping[str, int]]) -> None:
    """Add counts to the tallies; the caller holds the lock. Rows are written in one order, whoever writes."""
    keys = sorted(changes)
    columns = [list(column) for column in zip(*keys, strict=True)] or [[], [], []]
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, columns)
        kept = {(n, m, s): read_sheet(few, many) for n, m, s, few, many in cursor.fetchall()}
        for key in keys:
            add_counts(kept.setdefault(key, Sheet({}, {})), changes[key])
        cursor.execute(_CHANGED)
        _copy_tallies(cursor, _COPY_CHANGED, ((key, kept[key]) for key in keys))
        cursor.execute(_MERGE)
        cursor.execute("TRUNCATE changed_tally")


def write_tallies(sums: Mapping[Key, Mapping[str, int]]) -> None:
    """Write tallies where there are none."""
    with connection.cursor() as cursor:
        _copy_tallies(cursor, _COPY_TALLIES, ((key, sheet_of(counts)) for key, counts in sums.items()))


def _copy_tallies(cursor: Any, statement: str, sheets: Iterable[tuple[Key, Sheet]]) -> None:
    with cursor.copy(statement) as copy:
        # Keys are codes of ours: no tab, no backslash.
        lines = (_tally_line(key, sheet) for key, sheet in sheets)
        while some := "".join(islice(lines, 1000)):
            copy.write(some)


def _tally_line(key: Key, sheet: Sheet) -> str:
    return "\t".join((*map(str, key), *written(sheet))) + "\n"
