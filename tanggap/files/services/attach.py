"""From a draft to the case it became."""

from __future__ import annotations

from collections.abc import Sequence

from tanggap.files.models import StoredFile


def draft_owner(token: str) -> str:
    """The owner key of files whose case does not exist yet."""
    return f"draft:{token}"


def attach(*, token: str, owner: str, hidden: Sequence[str] = ()) -> list[StoredFile]:
    """Hand the files of draft `token` to `owner` (`case:12`), oldest first; a second call finds nothing to hand on.

    `hidden` are the tokens of those that their sender keeps from the public.
    """
    waiting = StoredFile.objects.filter(owner=draft_owner(token), deleted_at__isnull=True)
    ids = list(waiting.select_for_update().order_by("id").values_list("id", flat=True))
    StoredFile.objects.filter(id__in=ids).update(owner=owner)
    StoredFile.objects.filter(id__in=ids, token__in=hidden).update(sender_hides=True)
    return list(StoredFile.objects.filter(id__in=ids).order_by("id"))
