"""Comparing what the product ships with what it loaded last time, and writing only the difference."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from tanggap.directory.models import ReferenceSeed

Values = Mapping[str, Any]


class Difference(NamedTuple):
    """Rows the product ships now and did not before, and those whose shipped values changed: (before, now)."""

    new: dict[str, Values]
    changed: dict[str, tuple[Values, Values]]


def difference(kind: str, rows: Mapping[str, Values]) -> Difference:
    """What is to be done for `rows`, by key. Values must be plain JSON."""
    before = dict(ReferenceSeed.objects.filter(kind=kind).values_list("key", "values"))
    new = {key: values for key, values in rows.items() if key not in before}
    changed = {key: (before[key], values) for key, values in rows.items() if key in before and before[key] != values}
    return Difference(new, changed)


def remember(kind: str, diff: Difference) -> None:
    """Note the shipped values, for the next comparison."""
    rows = ((kind, key, json.dumps(values)) for key, values in diff.new.items())
    copy_into("directory_referenceseed", ("kind", "key", "values"), rows)
    for key, (_before, values) in diff.changed.items():
        ReferenceSeed.objects.filter(kind=kind, key=key).update(values=values)


def update_unedited(row: Model, before: Values, now: Values) -> list[str]:
    """Give `row` the new shipped values in fields that still hold the old ones; the names of the fields changed."""
    changed = []
    for field, value in now.items():
        if value != before.get(field) and plain(getattr(row, field)) == before.get(field):
            setattr(row, field, value)
            changed.append(field)
    if changed:
        row.save(update_fields=changed)
    return changed


def plain(value: Any) -> Any:
    """A column's value as JSON writes it."""
    return value.isoformat() if isinstance(value, date | time) else value


def copy_into(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """COPY rows into a table; the number written. No statement at all when there are none."""
    count = 0
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return 0
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        copy.write_row(first)
        count += 1
        for row in rows:
            copy.write_row(row)
            count += 1
    return count
