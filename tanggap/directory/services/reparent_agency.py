"""Another place in the tree for an agency and all below it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Refused
from tanggap.directory.models import Agency, AgencyChange
from tanggap.directory.services.rename_agency import add_names
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
def reparent_agency(*, agency: Agency, parent: Agency, actor_key: str, reason: str, now: datetime) -> Agency:
    """Move the agency with its whole subtree under `parent`; codes stay.

    Raises Refused for a cycle, a closed agency or parent, and for a unit that would have no body.
    """
    reason = require_reason(reason)
    row, above = locked(agency.pk, parent.pk)
    require_active(row)
    require_outside(row, above)
    if above.status != Agency.Status.ACTIVE:
        raise Refused(_("Induknya sudah ditutup atau digabung."), code="agency_not_active")
    if above.body_id is None and not row.is_body:
        raise Refused(_("Unit kerja harus berada di bawah sebuah instansi."), code="unit_without_body")
    before = snapshot(row)
    add_names(row, source="former")
    move_subtree(row, above)
    row.refresh_from_db()
    note(row, AgencyChange.Action.REPARENT, before, actor_key=actor_key, now=now, reason=reason)
    return row
