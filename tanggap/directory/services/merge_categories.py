"""One topic goes up in another."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Refused
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
def merge_categories(*, code: str, into: str, actor_key: str, reason: str, now: datetime) -> Category:
    """Offer `code` no longer; what arrives under it is filed under `into`. Cases filed before keep theirs, and with
    them every published figure. Raises Invalid or Refused.
    """
    reason = require_reason(reason)
    row, target = locked_categories(code, into)
    if row.pk == target.pk:
        raise Refused(_("Kategori tidak dapat digabung dengan dirinya sendiri."), code="cycle")
    for one in (row, target):
        require_offered(one)
    require_childless(row)
    if target.parent_id == row.pk:
        raise Refused(_("Penerusnya berada di bawah kategori ini."), code="cycle")
    before = snapshot_of(row)
    row.merged_into, row.valid_until = target, now.date() - timedelta(days=1)
    row.save(update_fields=["merged_into", "valid_until"])
    # Those that were merged into this one earlier: one step leads to the present topic.
    Category.objects.filter(merged_into=row).update(merged_into=target)
    note_category(row, "merged", before, actor_key=actor_key, now=now, reason=reason)
    return row
