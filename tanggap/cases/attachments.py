"""The files of a case and of its thread.

Owners are keys: `case:12` for what came with the report, `message:34` for an answer's or a reply's. In a protected
case pictures stay withheld from the agency until a verifier looked for faces, names and chat headers (DOMAIN §6).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tanggap.cases.models import Case
from tanggap.cases.texts import is_protected
from tanggap.files.models import StoredFile, Visibility
from tanggap.files.services.attach import attach
from tanggap.files.services.publish import set_visibility


def attach_draft(case: Case, draft_token: str, *, owner: str, hidden: Sequence[str] = ()) -> None:
    """Hand what was uploaded under a draft to its owner; a protected case's files wait for the verifier."""
    if not draft_token:
        return
    for stored in attach(token=draft_token, owner=owner, hidden=hidden):
        if is_protected(case):
            set_visibility(stored=stored, visibility=Visibility.WITHHELD)


def files_by_owner(owners: Sequence[str], *, public: bool) -> dict[str, list[StoredFile]]:
    """The files of several owners in one statement; for the public only those shown to everybody."""
    found = StoredFile.objects.filter(owner__in=owners, deleted_at__isnull=True).order_by("id")
    if public:
        found = found.filter(visibility=Visibility.PUBLIC)
    grouped: dict[str, list[StoredFile]] = defaultdict(list)
    for stored in found:
        grouped[stored.owner].append(stored)
    return grouped
