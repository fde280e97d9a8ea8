"""What every operation on the tree of agencies does: lock, compare, move, note. Writes; callers are services."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, Refused
from tanggap.directory import cache
from tanggap.directory.models import Agency, AgencyChange
from tanggap.directory.naming import search_words
from tanggap.ledger.services.record import record

TREE_LOCK = 0x7A6E7472
LONGEST_REASON = 500
NOTED = (
    "code",
    "name",
    "short_name",
    "kind",
    "parent_id",
    "body_id",
    "path",
    "status",
    "merged_into_id",
    "valid_until",
)
EVENTS = {
    AgencyChange.Action.CREATE: "agency.created",
    AgencyChange.Action.RENAME: "agency.renamed",
    AgencyChange.Action.MERGE: "agency.merged",
    AgencyChange.Action.CLOSE: "agency.closed",
    AgencyChange.Action.REPARENT: "agency.moved",
}


def locked(*agency_ids: int) -> list[Agency]:
    """The agencies, in the order asked for, locked until commit.

    One lock for the whole tree comes first: two moves that are harmless alone can make a cycle together.
    """
    lock_tree()
    rows = Agency.objects.select_for_update().order_by("pk").in_bulk(agency_ids)
    if len(rows) != len(set(agency_ids)):
        raise Invalid(_("Instansi itu tidak ada."), field="agency")
    return [rows[pk] for pk in agency_ids]


def lock_tree() -> None:
    """The one lock of the whole tree, until commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


def require_reason(reason: str) -> str:
    """The reason, trimmed; every change of the tree has one. Raises Invalid."""
    text = reason.strip()
    if not text or len(text) > LONGEST_REASON:
        raise Invalid(_("Tulis alasan perubahan, paling banyak 500 huruf."), field="reason")
    return text


def clean_topics(topics: str) -> str:
    """Topics as they are kept: each once, separated by `; `."""
    return "; ".join(dict.fromkeys(" ".join(part.split()) for part in topics.split(";") if part.strip()))


def require_active(agency: Agency) -> None:
    """Raises Refused for a closed or merged agency, and for the nation itself."""
    if agency.status != Agency.Status.ACTIVE:
        raise Refused(_("%(name)s sudah ditutup atau digabung.") % {"name": agency.name}, code="agency_not_active")
    if agency.kind == Agency.Kind.NATION:
        raise Refused(_("Akar nasional tidak dapat diubah."), code="root_agency")


def require_outside(agency: Agency, other: Agency) -> None:
    """Raises Refused when `other` is `agency` or lies below it: that would be a cycle."""
    if other.path.startswith(agency.path):
        message = _("%(other)s berada di bawah %(name)s, jadi tidak dapat menjadi induk atau penerusnya.")
        raise Refused(message % {"other": other.name, "name": agency.name}, code="cycle")


def snapshot(agency: Agency) -> dict[str, Any]:
    """The fields that changes are told by, as plain JSON."""
    values = {name: getattr(agency, name) for name in NOTED}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def note(
    agency: Agency, action: AgencyChange.Action, before: dict[str, Any], *, actor_key: str, now: datetime, reason: str
) -> None:
    """Write the change into the agency's history and the ledger, and drop what caches know."""
    after = snapshot(agency)
    AgencyChange.objects.create(
        agency=agency, action=action, before=before, after=after, actor_key=actor_key, at=now, reason=reason
    )
    data = {"before": before, "after": after, "reason": reason}
    record(EVENTS[action], stream=f"agency:{agency.pk}", actor=actor_key, at=now, data=data)
    cache.clear()
    transaction.on_commit(cache.clear)


def move_subtree(agency: Agency, parent: Agency) -> None:
    """Put `agency` with all below it under `parent`: one statement rewrites every path and the body of its units."""
    old_path, new_path = agency.path, f"{parent.path}{agency.pk}/"
    was_body = agency.is_body
    body_id = agency.pk if was_body else parent.body_id
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE directory_agency
            SET path = %s || substr(path, %s), body_id = CASE WHEN body_id = %s THEN %s ELSE body_id END
            WHERE path LIKE %s
            """,
            [new_path, len(old_path) + 1, agency.body_id, body_id, f"{old_path}%"],
        )
    agency.parent, agency.path, agency.body_id = parent, new_path, body_id
    agency.save(update_fields=["parent"])
    refresh_search_texts(agency)


def refresh_search_texts(agency: Agency) -> None:
    """Recompute what the picker searches in, for the agency and all below it."""
    rows = list(Agency.objects.select_related("body").filter(path__startswith=agency.path))
    for row in rows:
        body_name = row.body.short_name if row.body and not row.is_body else ""
        row.search_text = search_words(row.name, row.short_name, body_name)
    Agency.objects.bulk_update(rows, ["search_text"], batch_size=500)
