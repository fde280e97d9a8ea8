"""Removing what nobody needs any more; to be run every hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tanggap.files import storage
from tanggap.files.limits import DRAFT_LIFETIME
from tanggap.files.models import StoredFile

_BATCH = 500


@dataclass(frozen=True)
class Purged:
    """How many drafts were given up and how many contents removed from disk."""

    drafts: int
    contents: int


def purge(*, now: datetime) -> Purged:
    """Give up drafts older than their lifetime and remove the content of deleted files from disk.

    A content that another file shares stays. Safe to interrupt and to repeat.
    """
    old = StoredFile.objects.filter(
        owner__startswith="draft:", created_at__lt=now - DRAFT_LIFETIME, deleted_at__isnull=True
    )
    drafts = old.update(deleted_at=now, name_sealed=None)
    contents = sum(_erase(stored, now) for stored in _deleted()[:_BATCH])
    StoredFile.objects.filter(owner__startswith="draft:", erased_at__isnull=False).delete()
    storage.clear_incoming()
    return Purged(drafts, contents)


def _deleted() -> list[StoredFile]:
    return list(
        StoredFile.objects.filter(deleted_at__isnull=False, erased_at__isnull=True).order_by("deleted_at")[:_BATCH]
    )


def _erase(stored: StoredFile, now: datetime) -> bool:
    shared = StoredFile.objects.filter(sha256=stored.sha256, deleted_at__isnull=True).exists()
    if not shared and not storage.erase(stored.sha256):
        return False
    StoredFile.objects.filter(pk=stored.pk).update(erased_at=now)
    return not shared


def purge_strays() -> int:
    """Remove contents that no row knows (a crash or rollback after storing); how many. Reads every folder: weekly."""
    removed, batch = 0, []
    for sha256 in storage.stored_hashes():
        batch.append(sha256)
        if len(batch) == _BATCH:
            removed += _remove_unknown(batch)
            batch = []
    return removed + _remove_unknown(batch)


def _remove_unknown(hashes: list[str]) -> int:
    known = set(StoredFile.objects.filter(sha256__in=hashes, erased_at__isnull=True).values_list("sha256", flat=True))
    return sum(storage.erase(sha256) for sha256 in hashes if sha256 not in known)
