"""One agency goes up in another."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Refused
from tanggap.directory.models import Agency, AgencyChange
from tanggap.directory.tree import (
    locked,
    move_subtree,
    note,
    require_active,
    require_outside,
    require_reason,
    snapshot,
)


@transaction.atomic
def merge_agencies(
    *, agency: Agency, into: Agency, last_day: date, actor_key: str, reason: str, now: datetime
) -> Agency:
    """Merge `agency` into `into` after `last_day`; its units move along, its codes and names lead to the successor.

    The merged row is put below the successor, so that whoever works there sees the cases it still holds.
    Raises Refused for a closed or merged side, for the nation, and for a successor below the merged agency.
    """
    reason = require_reason(reason)
    row, target = locked(agency.pk, into.pk)
    require_active(row)
    require_active(target)
    require_outside(row, target)
    if target.body_id is None:
        raise Refused(_("Akar nasional tidak dapat diubah."), code="root_agency")
    before = snapshot(row)
    units = list(Agency.objects.filter(parent=row).order_by("pk"))
    body_before, row.body_id = row.body_id, target.body_id
    Agency.objects.filter(path__startswith=row.path, body_id=body_before).update(body_id=target.body_id)
    for unit in units:
        unit.refresh_from_db()
        move_subtree(unit, target)
    move_subtree(row, target)
    row.status, row.merged_into, row.valid_until = Agency.Status.MERGED, target, last_day
    row.save(update_fields=["status", "merged_into", "valid_until"])
    row.refresh_from_db()
    note(row, AgencyChange.Action.MERGE, before, actor_key=actor_key, now=now, reason=reason)
    return row
