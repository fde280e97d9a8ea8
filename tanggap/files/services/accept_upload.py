"""The one way in for every file, whatever the channel."""

from __future__ import annotations

import errno
import logging
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from django.utils.translation import gettext as _

from tanggap.common.crypto import seal
from tanggap.common.errors import Invalid, Refused
from tanggap.files import storage
from tanggap.files.documents import check_document
from tanggap.files.limits import MAX_BYTES, MAX_FILES_PER_OWNER, MAX_NAME, MEGABYTE, Kind
from tanggap.files.models import StoredFile, new_token
from tanggap.files.pictures import Picture, rewrite_picture
from tanggap.files.recordings import clean_recording
from tanggap.files.sniff import HEAD, Sniffed, sniff

_CHUNK: Final = 64 * 1024
_LOG = logging.getLogger(__name__)


class Readable(Protocol):
    """Anything that bytes can be read from: an uploaded file, a provider's response, an attachment."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; empty at the end."""
        ...


def accept_upload(*, stream: Readable, name: str, owner: str, now: datetime) -> StoredFile:
    """Check, clean and store what `stream` gives, for `owner` (`case:12`, `draft:<token>`), as internal.

    The kind is judged by content and the size while reading, so that too large a file is refused before it is
    stored. Raises Invalid (the sentence says what is accepted, code and field `files` for the form), TooMany while
    too many pictures are being decoded, Refused when the disk does not take it; none of them leaves anything behind.
    """
    _check_room(owner)
    try:
        with storage.incoming() as received, storage.incoming() as rewritten:
            sniffed = receive(stream, received)
            result, picture = _cleaned(sniffed, received, rewritten)
            sha256, size = storage.keep(result)
    except OSError as error:
        _LOG.error("a file could not be stored: %s", errno.errorcode.get(error.errno or 0, "unknown"))
        raise Refused(
            _("Berkas belum dapat disimpan saat ini. Laporan Anda tidak hilang; coba lagi beberapa menit lagi."),
            code="storage_unavailable",
            field="files",
        ) from error
    stored = StoredFile(
        token=new_token(),
        owner=owner,
        kind=sniffed.kind or "",
        media_type=picture.media_type if picture else sniffed.media_type,
        sha256=sha256,
        size=size,
        width=picture.width if picture else None,
        height=picture.height if picture else None,
        created_at=now,
    )
    stored.name_sealed = seal(_plain_name(name).encode(), context=stored.seal_context)
    stored.save(force_insert=True)
    return stored


def receive(stream: Readable, target: Path) -> Sniffed:
    """Copy `stream` to `target` as far as its kind allows. Raises Invalid at the first byte too many."""
    head = _read_head(stream)
    if not head:
        raise Invalid(_("Berkas ini kosong."), code="empty_file", field="files")
    sniffed = sniff(head)
    if sniffed.kind is None:
        raise refused_kind(sniffed)
    size, chunk = 0, head
    with target.open("wb") as file:
        while chunk:
            size += len(chunk)
            if size > MAX_BYTES[sniffed.kind]:
                raise too_large(sniffed.kind)
            file.write(chunk)
            chunk = stream.read(_CHUNK)
    return sniffed


def too_large(kind: Kind) -> Invalid:
    """The refusal of a file beyond the limit of its kind."""
    return Invalid(
        _("Berkas terlalu besar: paling besar %(limit)s MB untuk %(kind)s.")
        % {"limit": MAX_BYTES[kind] // MEGABYTE, "kind": kind.label},
        code="file_too_large",
        field="files",
    )


def refused_kind(sniffed: Sniffed) -> Invalid:
    """The refusal of a kind of file that is not taken."""
    return Invalid(
        _(
            "Jenis berkas ini tidak diterima: %(label)s. Kirim gambar (JPEG, PNG, WebP, GIF), "
            "dokumen PDF, video MP4 atau rekaman suara (M4A, MP3, OGG, AMR)."
        )
        % {"label": sniffed.label},
        code="file_kind_refused",
        field="files",
    )


def _check_room(owner: str) -> None:
    if StoredFile.objects.filter(owner=owner, deleted_at__isnull=True).count() >= MAX_FILES_PER_OWNER:
        raise Invalid(
            _("Paling banyak %(limit)s berkas untuk satu laporan.") % {"limit": MAX_FILES_PER_OWNER},
            code="too_many_files",
            field="files",
        )


def _read_head(stream: Readable) -> bytes:
    """The first bytes, however small the pieces they come in."""
    head = b""
    while len(head) < HEAD:
        piece = stream.read(_CHUNK)
        if not piece:
            break
        head += piece
    return head


def _cleaned(sniffed: Sniffed, received: Path, rewritten: Path) -> tuple[Path, Picture | None]:
    try:
        if sniffed.kind == Kind.PICTURE:
            return rewritten, rewrite_picture(received, sniffed.media_type, rewritten)
        if sniffed.kind == Kind.DOCUMENT:
            check_document(received)
        else:
            clean_recording(received, sniffed.media_type)
    except Invalid as error:
        error.field = "files"
        raise
    return received, None


def _plain_name(name: str) -> str:
    """The last part of a file name without control and direction characters, which could disguise it."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(one for one in last if unicodedata.category(one)[0] != "C").strip()[:MAX_NAME]
