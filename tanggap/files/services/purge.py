"""Removing what nobody needs any more; to be run every hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

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
    gone = [_still_needed(one) or storage.erase(one) for one in (stored.painted_sha256, stored.sha256) if one]
    if not all(gone):
        return False
    StoredFile.objects.filter(pk=stored.pk).update(erased_at=now)
    return not _still_needed(stored.sha256)


def _still_needed(sha256: str) -> bool:
    """Whether a file that is still there has this content, or shows it."""
    uses = Q(sha256=sha256) | Q(painted_sha256=sha256)
    return StoredFile.objects.filter(uses, deleted_at__isnull=True).exists()


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
    rows = StoredFile.objects.filter(erased_at__isnull=True)
    known = set(rows.filter(sha256__in=hashes).values_list("sha256", flat=True))
    known |= set(rows.filter(painted_sha256__in=hashes).values_list("painted_sha256", flat=True))
    return sum(storage.erase(sha256) for sha256 in hashes if sha256 not in known)
