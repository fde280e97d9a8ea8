"""Files of a report not yet sent: they wait under the form's own key and vanish after a day if it never comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from tanggap.common.clock import now
from tanggap.common.errors import Invalid, TanggapError
from tanggap.files.grid import Cell, areas_of, cells_of
from tanggap.files.limits import Kind
from tanggap.files.models import StoredFile
from tanggap.files.parts import add_chunk, forget, part_of
from tanggap.files.selectors import files_of
from tanggap.files.services.accept_upload import Readable, accept_upload
from tanggap.files.services.attach import draft_owner
from tanggap.files.services.delete_file import delete_file
from tanggap.files.services.paint_picture import paint_picture
from tanggap.files.uploads import refused_uploads

MOST_FILES = 10
FULL = "too_many_files"
FIELD = "attachments"


@dataclass(frozen=True)
class Waiting:
    """A file of the draft, as its sender knows it."""

    token: str
    name: str
    size: int
    picture: bool
    areas: str

    @property
    def cells(self) -> list[Cell]:
        """The numbered parts to be ticked."""
        return cells_of(self.areas)


def receive(request: HttpRequest, key: str) -> list[str]:
    """Take in the files of this request under the form's key; returns a sentence for each that was not taken.

    The same file again is the one that waits already.
    """
    owner = draft_owner(key)
    trouble = [error.message for error in refused_uploads(request)]
    for upload in request.FILES.getlist(FIELD):
        try:
            _take(upload, upload.name or "", owner)
        except TanggapError as error:
            trouble.append(error.message)
            if error.code == FULL:
                break
    return trouble


def _take(stream: Readable, name: str, owner: str) -> StoredFile:
    """One file; the same again is the one that waits. Raises what accept_upload does, Invalid when there is no room."""
    stored = accept_upload(stream=stream, name=name, owner=owner, now=now())
    others = files_of(owner).exclude(pk=stored.pk)
    # A device that never heard of its first attempt sends the same photo again.
    known = others.filter(sha256=stored.sha256).first()
    if known is not None or others.count() >= MOST_FILES:
        delete_file(stored=stored, now=now())
    if known is None and stored.deleted_at is not None:
        raise Invalid(_("Paling banyak %(n)s berkas. Buang salah satu dahulu.") % {"n": MOST_FILES}, code=FULL)
    return known or stored


@dataclass(frozen=True)
class Chunk:
    """A piece of a file: of which (`part`, named by the device), how long that will be, and where this belongs."""

    part: str
    name: str
    size: int
    offset: int
    content: bytes


def receive_chunk(key: str, chunk: Chunk) -> tuple[int, StoredFile | None]:
    """Take in a piece under the form's key: how much is there, and the file once it is whole.

    An empty piece asks how much is there. Raises as accept_upload does, and TooMany.
    """
    owner = draft_owner(key)
    with part_of(owner, chunk.part) as part:
        try:
            there = add_chunk(part, offset=chunk.offset, size=chunk.size, content=chunk.content)
            if there < chunk.size:
                return there, None
            part.file.seek(0)
            stored = _take(part.file, chunk.name, owner)
        except Invalid:
            forget(part)
            raise
        forget(part)
    return there, stored


def waiting(key: str) -> list[Waiting]:
    """What waits under the form's key."""
    return [
        Waiting(row.token, row.original_name or row.download_name, row.size, row.kind == Kind.PICTURE, row.areas)
        for row in _rows(key)
    ]


def repaint(post: QueryDict, key: str) -> list[str]:
    """Paint over what the form marks on the pictures that wait; a sentence for each that failed.

    Marks are `areas-<token>`, or ticked parts `cell-<token>-<number>` where the page had boxes for them; it says
    then in `grid-<token>` which areas it showed.
    """
    trouble = []
    for row in _rows(key):
        try:
            marked = _marked(post, row)
            if row.kind == Kind.PICTURE and marked != row.areas:
                paint_picture(stored=row, areas=marked)
        except TanggapError as error:
            trouble.append(error.message)
    return trouble


def _marked(post: QueryDict, row: StoredFile) -> str:
    areas = str(post.get(f"areas-{row.token}", row.areas))
    # Areas other than the page came with were drawn by its script, and the boxes know nothing of them.
    if areas != post.get(f"grid-{row.token}"):
        return areas
    box = f"cell-{row.token}-"
    return areas_of([name.removeprefix(box) for name in post if name.startswith(box)], before=areas)


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
