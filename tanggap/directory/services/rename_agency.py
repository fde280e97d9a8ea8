"""A new name for an agency; the old one keeps leading to it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency, AgencyAlias, AgencyChange
from tanggap.directory.naming import LONGEST_NAME, normalize
from tanggap.directory.tree import locked, note, refresh_search_texts, require_active, require_reason, snapshot

LONGEST_SHORT_NAME = 80


@transaction.atomic
def rename_agency(
    *, agency: Agency, name: str, short_name: str = "", actor_key: str, reason: str, now: datetime
) -> Agency:
    """Give the agency a new name (and short name); the code stays. Raises Invalid or Refused."""
    reason = require_reason(reason)
    name, short_name = clean_name(name, short_name)
    (row,) = locked(agency.pk)
    require_active(row)
    before = snapshot(row)
    add_names(row, source="former")
    row.name, row.short_name = name, short_name
    row.save(update_fields=["name", "short_name"])
    add_names(row, source="admin")
    refresh_search_texts(row)
    note(row, AgencyChange.Action.RENAME, before, actor_key=actor_key, now=now, reason=reason)
    return row


def clean_name(name: str, short_name: str) -> tuple[str, str]:
    """Both without needless spaces. Raises Invalid when the name is missing or either is too long."""
    name, short_name = " ".join(name.split()), " ".join(short_name.split())
    if not normalize(name) or len(name) > LONGEST_NAME:
        raise Invalid(_("Tulis nama instansi, paling banyak 250 huruf."), field="name")
    if len(short_name) > LONGEST_SHORT_NAME:
        raise Invalid(_("Nama singkat paling banyak 80 huruf."), field="short_name")
    return name, short_name


def add_names(agency: Agency, *, source: str) -> None:
    """Make the present names findable: a unit's only together with its body's, for they are the same everywhere."""
    names = [agency.full_name] if agency.kind == Agency.Kind.UNIT else [agency.name, agency.short_name]
    for name in names:
        key = normalize(name)[:LONGEST_NAME]
        if key:
            AgencyAlias.objects.get_or_create(
                agency=agency, normalized=key, defaults={"alias": name[:LONGEST_NAME], "source": source}
            )
