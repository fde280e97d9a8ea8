"""What every change of a category does: lock, look, write down. Callers are services."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, Refused
from tanggap.directory import cache
from tanggap.directory.models import Category
from tanggap.ledger.services.record import record

LONGEST_NAME = 120


def locked_categories(*codes: str) -> list[Category]:
    """The categories in the order asked for, locked until commit. Raises Invalid for one that is not there."""
    rows = Category.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(codes)
    if len(rows) != len(set(codes)):
        raise Invalid(_("Kategori itu tidak ada."), field="category")
    return [rows[code] for code in codes]


def clean_category_name(name: str) -> str:
    """Without needless spaces. Raises Invalid."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(_("Tulis nama kategori, paling banyak 120 huruf."), field="name")
    return name


def require_offered(row: Category) -> None:
    """Raises Refused for a category that was merged or closed."""
    if row.merged_into_id is not None or row.valid_until is not None:
        raise Refused(_("Kategori %(name)s sudah digabung atau ditutup.") % {"name": row.name}, code="category_ended")


def require_childless(row: Category) -> None:
    """Raises Refused while topics below are still offered: they would hang on nothing."""
    if Category.objects.filter(parent=row, merged_into=None, valid_until=None).exists():
        raise Refused(
            _("%(name)s masih mempunyai topik di bawahnya. Gabung atau tutup dulu topik itu.") % {"name": row.name},
            code="active_topics",
        )


def snapshot_of(row: Category) -> dict[str, Any]:
    """What changes are told by."""
    return {
        "name": row.name,
        "parent": row.parent_id,
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
        "merged_into": row.merged_into_id,
    }


def note_category(
    row: Category, name: str, before: dict[str, Any], *, actor_key: str, now: datetime, reason: str
) -> None:
    """Write the change into the ledger and drop what caches know."""
    data = {"before": before, "after": snapshot_of(row), "reason": reason}
    record(f"category.{name}", stream=f"category:{row.pk}", actor=actor_key, at=now, data=data, react=False)
    cache.clear()
    transaction.on_commit(cache.clear)
