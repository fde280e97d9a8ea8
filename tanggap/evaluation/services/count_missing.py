"""Cases that are in no figure, whatever kept them out."""

from __future__ import annotations

from typing import Final

from django.db import connection

_UNCOUNTED: Final = """
    INSERT INTO ledger_movement (stream)
    SELECT 'case:' || c.id FROM cases_case c LEFT JOIN evaluation_tallyentry e ON e.case_id = c.id
    WHERE e.case_id IS NULL LIMIT %s
"""


def count_missing(*, most: int = 100_000) -> int:
    """Put cases that nobody counted into the line; how many. Looks at all cases: for the night."""
    with connection.cursor() as cursor:
        cursor.execute(_UNCOUNTED, [most])
        return int(cursor.rowcount)
