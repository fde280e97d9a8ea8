"""Writing many taken steps at once: by COPY, with numbers taken beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from tanggap.cases.history.bulk import next_ids
from tanggap.escalation.models import TakenStep

_FIELDS = TakenStep._meta.concrete_fields
_COLUMNS = ", ".join(f'"{field.column}"' for field in _FIELDS)
_COPY = f"COPY {TakenStep._meta.db_table} ({_COLUMNS}) FROM STDIN"


def insert_steps(rows: Sequence[TakenStep]) -> None:
    """Write unsaved steps and number them. Raises IntegrityError when one was decided before: nothing is written."""
    for row, number in zip(rows, next_ids(TakenStep, len(rows)), strict=True):
        row.pk = number
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for row in rows:
            copy.write_row([_plain(getattr(row, field.attname)) for field in _FIELDS])
    for row in rows:
        row._state.adding = False


def _plain(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, list) else value
