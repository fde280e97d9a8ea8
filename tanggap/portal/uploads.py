"""Files of a report not yet sent: they wait under the form's own key and vanish after a day if it never comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from tanggap.common.clock import now
from tanggap.common.errors import TanggapError
from tanggap.files.limits import Kind
from tanggap.files.models import StoredFile
from tanggap.files.selectors import files_of
from tanggap.files.services.accept_upload import accept_upload
from tanggap.files.services.attach import draft_owner
from tanggap.files.services.delete_file import delete_file
from tanggap.files.services.paint_picture import paint_picture
from tanggap.files.uploads import refused_uploads

MOST_FILES = 10
FIELD = "attachments"


@dataclass(frozen=True)
class Waiting:
    """A file of the draft, as its sender knows it."""

    token: str
    name: str
    size: int
    picture: bool
    areas: str


def receive(request: HttpRequest, key: str) -> list[str]:
    """Take in the files of this request under the form's key; returns a sentence for each that was not taken.

    The same file again is the one that waits already.
    """
    owner = draft_owner(key)
    trouble = [error.message for error in refused_uploads(request)]
    for upload in request.FILES.getlist(FIELD):
        try:
            stored = accept_upload(stream=upload, name=upload.name or "", owner=owner, now=now())
        except TanggapError as error:
            trouble.append(error.message)
            continue
        others = files_of(owner).exclude(pk=stored.pk)
        # A device that never heard of its first attempt sends the same photo again.
        known = others.filter(sha256=stored.sha256).exists()
        if known or others.count() >= MOST_FILES:
            delete_file(stored=stored, now=now())
        if not known and others.count() >= MOST_FILES:
            return [*trouble, _("Paling banyak %(n)s berkas. Buang salah satu dahulu.") % {"n": MOST_FILES}]
    return trouble


def waiting(key: str) -> list[Waiting]:
    """What waits under the form's key."""
    return [
        Waiting(row.token, row.original_name or row.download_name, row.size, row.kind == Kind.PICTURE, row.areas)
        for row in _rows(key)
    ]


def repaint(post: QueryDict, key: str) -> list[str]:
    """Paint over what the form marks on the pictures that wait (`areas-<token>`); a sentence for each that failed."""
    trouble = []
    for row in _rows(key):
        marked = post.get(f"areas-{row.token}")
        if marked is None or row.kind != Kind.PICTURE or marked == row.areas:
            continue
        try:
            paint_picture(stored=row, areas=marked)
        except TanggapError as error:
            trouble.append(error.message)
    return trouble


def picture_of(key: str, token: str) -> StoredFile | None:
    """A picture that waits under the form's key; whoever holds both may look at it."""
    return next((row for row in _rows(key) if row.token == token and row.kind == Kind.PICTURE), None)


def drop(key: str, token: str) -> None:
    """Take one away again; a token of somebody else's file finds nothing here."""
    for row in _rows(key):
        if row.token == token:
            delete_file(stored=row, now=now())


def _rows(key: str) -> Sequence[StoredFile]:
    return list(files_of(draft_owner(key)))


def is_key(raw: str) -> bool:
    """Whether this is a key as our pages make them: 128 random bits, so that nobody guesses another's draft."""
    return len(raw) == 32 and all(character in "0123456789abcdef" for character in raw)
