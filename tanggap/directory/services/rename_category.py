"""Another name for a topic; its code and its cases stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.directory.categories import clean_category_name, locked_categories, note_category, snapshot_of
from tanggap.directory.models import Category
from tanggap.directory.tree import require_reason


@transaction.atomic
def rename_category(*, code: str, name: str, actor_key: str, reason: str, now: datetime) -> Category:
    """Give the topic another name. Raises Invalid."""
    reason, name = require_reason(reason), clean_category_name(name)
    (row,) = locked_categories(code)
    before = snapshot_of(row)
    row.name = name
    row.save(update_fields=["name"])
    note_category(row, "renamed", before, actor_key=actor_key, now=now, reason=reason)
    return row
