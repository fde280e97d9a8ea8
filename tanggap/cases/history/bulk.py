"""Rows of models by COPY, with numbers taken from their sequences beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, models

from tanggap.cases.models import Case
from tanggap.common.ids import new_tracking_id
from tanggap.directory.reference.seeds import copy_into


def copy_rows(rows: Sequence[models.Model], *, with_id: bool = False) -> None:
    """Write unsaved rows of one model; with their numbers where these were taken by `next_ids`."""
    if not rows:
        return
    meta = type(rows[0])._meta
    fields = [f for f in meta.concrete_fields if f.column and (with_id or not isinstance(f, models.AutoField))]
    values = ([getattr(row, f.attname) for f in fields] for row in rows)
    copy_into(meta.db_table, [str(f.column) for f in fields], values)


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Numbers for rows that are yet to be written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def fresh_tracking_ids(count: int) -> list[str]:
    """Numbers no case has: among millions of cases a batch would meet one sooner or later."""
    fresh: set[str] = set()
    while len(fresh) < count:
        fresh.update(new_tracking_id() for _ in range(count - len(fresh)))
        fresh -= set(Case.objects.filter(tracking_id__in=fresh).values_list("tracking_id", flat=True))
    return list(fresh)
