"""The end of a topic that none takes over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from tanggap.directory.categories import (
    locked_categories,
    note_category,
    require_childless,
    require_offered,
    snapshot_of,
)
from tanggap.directory.models import Category
from tanggap.directory.tree import require_reason


@transaction.atomic
def close_category(*, code: str, actor_key: str, reason: str, now: datetime) -> Category:
    """Offer the topic no longer; cases filed under it keep it. Raises Invalid or Refused."""
    reason = require_reason(reason)
    (row,) = locked_categories(code)
    require_offered(row)
    require_childless(row)
    before = snapshot_of(row)
    row.valid_until = now.date() - timedelta(days=1)
    row.save(update_fields=["valid_until"])
    note_category(row, "closed", before, actor_key=actor_key, now=now, reason=reason)
    return row
