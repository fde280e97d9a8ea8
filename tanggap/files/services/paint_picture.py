"""What the sender of a picture wants nobody to see in it, painted over in the version that everybody gets."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, NotFound
from tanggap.files import storage
from tanggap.files.limits import MAX_AREAS, MAX_AREAS_TEXT, Kind
from tanggap.files.models import StoredFile
from tanggap.files.pictures import Area, paint_over

_SIDE: Final = 1000
_AREAS: Final = re.compile(r"(?:\d{1,4},\d{1,4},\d{1,4},\d{1,4}(?:;|$))*", re.ASCII)


def paint_picture(*, stored: StoredFile, areas: str) -> None:
    """Make the public version anew from the picture itself; without areas there is none besides it.

    `areas` as in `StoredFile.areas`. Raises Invalid for anything else, NotFound where the picture is gone, TooMany
    while too many pictures are being made.
    """
    parsed = _parsed(areas)
    if stored.kind != Kind.PICTURE:
        raise Invalid(_("Hanya gambar yang dapat disamarkan sebagian."), code="no_picture", field="files")
    sha256, size = _painted(stored, parsed) if parsed else ("", None)
    stored.painted_sha256, stored.painted_size, stored.areas = sha256, size, areas
    stored.save(update_fields=["painted_sha256", "painted_size", "areas"])


def _painted(stored: StoredFile, areas: list[Area]) -> tuple[str, int]:
    try:
        with storage.incoming() as target:
            paint_over(storage.path_of(stored.sha256), stored.media_type, target, areas)
            return storage.keep(target)
    except FileNotFoundError as error:
        raise NotFound(_("Berkas ini tidak ada atau sudah dihapus."), code="no_such_file") from error


def _parsed(text: str) -> list[Area]:
    if len(text) > MAX_AREAS_TEXT or not _AREAS.fullmatch(text):
        raise _unreadable()
    found = []
    for part in filter(None, text.split(";")):
        x, y, w, h = map(int, part.split(","))
        if not (w and h and x + w <= _SIDE and y + h <= _SIDE):
            raise _unreadable()
        found.append((x, y, w, h))
    if len(found) > MAX_AREAS:
        raise _unreadable()
    return found


def _unreadable() -> Invalid:
    return Invalid(_("Bagian yang ditandai tidak terbaca. Tandai lagi."), code="wrong_areas", field="files")
