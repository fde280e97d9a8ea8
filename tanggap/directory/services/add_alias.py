"""Another name that people call an agency by."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid
from tanggap.directory import cache
from tanggap.directory.models import Agency, AgencyAlias
from tanggap.directory.naming import LONGEST_NAME, normalize
from tanggap.directory.tree import locked, require_reason
from tanggap.ledger.services.record import record


@transaction.atomic
def add_alias(*, agency: Agency, alias: str, actor_key: str, reason: str, now: datetime) -> AgencyAlias:
    """Let the name lead to the agency. One that also leads elsewhere becomes ambiguous: pickers then ask.

    Raises Invalid for an empty name, and for one the agency has.
    """
    reason = require_reason(reason)
    (row,) = locked(agency.pk)
    text = " ".join(alias.split())
    key = normalize(text)
    if not key or len(text) > LONGEST_NAME:
        raise Invalid(_("Tulis sebutan, paling banyak 250 huruf."), field="alias")
    made, is_new = AgencyAlias.objects.get_or_create(
        agency=row, normalized=key[:LONGEST_NAME], defaults={"alias": text, "source": "admin"}
    )
    if not is_new:
        raise Invalid(_("Sebutan ini sudah ada."), field="alias", code="taken")
    data = {"after": {"alias": text}, "before": {"alias": None}, "reason": reason}
    record("agency.alias_added", stream=f"agency:{row.pk}", actor=actor_key, at=now, data=data, react=False)
    cache.clear()
    transaction.on_commit(cache.clear)
    return made
