"""A new agency below another."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency, AgencyChange
from tanggap.directory.naming import search_words
from tanggap.directory.services.rename_agency import add_names, clean_name
from tanggap.directory.tree import locked, note, require_reason

CODE = re.compile(r"[A-Za-z0-9.-]{1,20}(/[a-z0-9.-]{1,40})?\Z")
OWN_BODIES = frozenset(Agency.Kind.values) - {Agency.Kind.UNIT, Agency.Kind.OTHER, Agency.Kind.NATION}


@transaction.atomic
def create_agency(
    *,
    parent: Agency,
    code: str,
    name: str,
    short_name: str = "",
    kind: str = Agency.Kind.UNIT,
    topics: str = "",
    valid_from: date | None = None,
    actor_key: str,
    reason: str,
    now: datetime,
) -> Agency:
    """Add a unit, or a body of its own, under `parent`; its zone and region are the parent's.

    Raises Invalid for a code that is taken or malformed, and for a missing name or reason.
    """
    reason = require_reason(reason)
    name, short_name = clean_name(name, short_name)
    (above,) = locked(parent.pk)
    if not CODE.match(code):
        raise Invalid(_("Kode instansi hanya boleh huruf, angka, titik, dan tanda hubung."), field="code")
    if kind not in Agency.Kind.values or kind == Agency.Kind.NATION:
        raise Invalid(_("Jenis instansi itu tidak dikenal."), field="kind")
    if above.status != Agency.Status.ACTIVE:
        raise Invalid(_("Induknya sudah ditutup atau digabung."), field="parent")
    if Agency.objects.filter(code=code).exists():
        raise Invalid(_("Kode “%(code)s” sudah dipakai.") % {"code": code}, field="code")
    pk = _next_id()
    own_body = kind in OWN_BODIES or above.body_id is None
    body_name = "" if own_body or above.body is None else above.body.short_name
    agency = Agency.objects.create(
        id=pk,
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        topics=topics.strip()[:400],
        parent=above,
        body_id=pk if own_body else above.body_id,
        path=f"{above.path}{pk}/",
        region_id=above.region_id,
        zone=above.zone,
        external=above.external,
        valid_from=valid_from,
        search_text=search_words(name, short_name, body_name),
    )
    add_names(agency, source="admin")
    note(agency, AgencyChange.Action.CREATE, {}, actor_key=actor_key, now=now, reason=reason)
    return agency


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('directory_agency', 'id'))")
        row = cursor.fetchone()
    return int(row[0])
