"""Taking a file away; its tombstone says that there was one."""

from __future__ import annotations

from datetime import datetime

from tanggap.files.models import StoredFile


def delete_file(*, stored: StoredFile, now: datetime) -> bool:
    """Hide the file at once and forget its name; the content goes with the next purge. False if already gone.

    The caller records who did it and why, in the stream of the owner.
    """
    changed = StoredFile.objects.filter(pk=stored.pk, deleted_at__isnull=True).update(deleted_at=now, name_sealed=None)
    stored.refresh_from_db()
    return bool(changed)
