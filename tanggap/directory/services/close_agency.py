"""The end of an agency that nobody takes over."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Refused
from tanggap.directory.models import Agency, AgencyChange
from tanggap.directory.tree import locked, note, require_active, require_reason, snapshot


@transaction.atomic
def close_agency(*, agency: Agency, last_day: date, actor_key: str, reason: str, now: datetime) -> Agency:
    """Close the agency after `last_day`; its code and its old cases keep resolving.

    Raises Refused while it has active units: they would answer to nobody.
    """
    reason = require_reason(reason)
    (row,) = locked(agency.pk)
    require_active(row)
    active = Agency.objects.filter(path__startswith=row.path, status=Agency.Status.ACTIVE).exclude(pk=row.pk).count()
    if active:
        message = _("%(name)s masih mempunyai %(n)d unit aktif. Tutup, gabung, atau pindahkan dulu unit itu.")
        raise Refused(message % {"name": row.name, "n": active}, code="active_units")
    before = snapshot(row)
    row.status, row.valid_until = Agency.Status.CLOSED, last_day
    row.save(update_fields=["status", "valid_until"])
    note(row, AgencyChange.Action.CLOSE, before, actor_key=actor_key, now=now, reason=reason)
    return row
