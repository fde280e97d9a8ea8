"""A name that no longer leads to an agency."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, Refused
from tanggap.directory import cache
from tanggap.directory.models import AgencyAlias
from tanggap.directory.naming import normalize
from tanggap.directory.tree import locked, require_reason
from tanggap.ledger.services.record import record


@transaction.atomic
def remove_alias(*, alias_id: int, actor_key: str, reason: str, now: datetime) -> None:
    """Take the name away, for instance where it stood for several agencies and shall stand for one.

    Raises Invalid when it is gone, Refused for the agency's present name: nobody would find it any more.
    """
    reason = require_reason(reason)
    found = AgencyAlias.objects.filter(pk=alias_id).first()
    if found is None:
        raise Invalid(_("Sebutan itu sudah tidak ada."), field="alias", code="gone")
    (agency,) = locked(found.agency_id)
    if found.normalized in {normalize(name) for name in (agency.name, agency.short_name, agency.full_name)}:
        raise Refused(_("Ini nama instansi itu sendiri. Ganti dulu namanya."), code="own_name")
    found.delete()
    data = {"before": {"alias": found.alias}, "after": {"alias": None}, "reason": reason}
    record("agency.alias_removed", stream=f"agency:{agency.pk}", actor=actor_key, at=now, data=data, react=False)
    cache.clear()
    transaction.on_commit(cache.clear)
