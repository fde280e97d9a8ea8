"""Many messages in one statement whose text does not grow with them: a sweep writes thousands at a time."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models

from tanggap.notify.models import Message

_LENGTH = re.compile(r"\(.*\)")


def insert_new(rows: Sequence[Message]) -> dict[str, int]:
    """Write the rows whose key is not known yet, and give them their ids; the ids by key."""
    query, fields = _statement()
    columns = [[_plain(field, getattr(row, field.attname)) for row in rows] for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(query, columns)
        written: dict[str, int] = dict(cursor.fetchall())
    for row in rows:
        if row.key in written:
            row.pk, row._state.adding, row._state.db = written[row.key], False, connection.alias
    return written


@cache
def _statement() -> tuple[str, tuple[models.Field[Any, Any], ...]]:
    """An array for each column. The types go without their lengths: a cast would cut what is too long in silence."""
    fields = tuple(field for field in Message._meta.concrete_fields if not field.primary_key)
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    arrays = ", ".join(f"%s::{_LENGTH.sub('', str(field.db_type(connection)))}[]" for field in fields)
    query = (
        f"INSERT INTO notify_message ({names}) SELECT * FROM unnest({arrays}) "  # noqa: S608 - our own names
        "ON CONFLICT (key) DO NOTHING RETURNING key, id"
    )
    return query, fields


def _plain(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.JSONField):
        return json.dumps(value, ensure_ascii=False)
    return str(value) if isinstance(value, models.TextChoices) else value
