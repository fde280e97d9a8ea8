"""Video and sound are kept as they are, but for what tells where, when and by whom they were made.

MP4, MOV, 3GP and M4A are trees of boxes: those that carry no picture and no sound (user data, metadata, maker's
boxes, padding) are overwritten by empty padding of the same length, so that no offset moves; whole metadata
tracks (the GPS trail of a phone) become padding too. MP3 loses its tags. Ogg voice notes and AMR stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid

_KEPT: Final[dict[bytes, frozenset[bytes]]] = {
    b"": frozenset({b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"styp", b"free"}),
    b"moov": frozenset({b"mvhd", b"trak", b"mvex"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia", b"tref"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
    b"moof": frozenset({b"mfhd", b"traf"}),
    b"traf": frozenset({b"tfhd", b"tfdt", b"trun", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio"}),
}
_MOST_BOXES: Final = 100_000
_ZEROS: Final = bytes(64 * 1024)
_SOUND_OR_PICTURE: Final = {b"vide", b"soun"}


class _Box(NamedTuple):
    kind: bytes
    start: int
    body: int
    end: int


def clean_recording(path: Path, media_type: str) -> None:
    """Remove what identifies, in place. Raises Invalid for a file that is not what its first bytes promise."""
    try:
        if media_type in ("video/mp4", "audio/mp4"):
            _clean_boxes(path)
        elif media_type == "audio/mpeg":
            _strip_tags(path)
    except (ValueError, IndexError):
        raise Invalid(
            _("Video atau rekaman suara ini tidak dapat dibaca. Berkasnya mungkin rusak atau belum selesai terkirim."),
            code="unreadable_recording",
        ) from None


def _clean_boxes(path: Path) -> None:
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        budget = iter(range(_MOST_BOXES))
        kinds = {box.kind for box in _clean_level(file, b"", 0, size, budget)}
        if not {b"ftyp", b"moov", b"mdat"} <= kinds and not {b"ftyp", b"moov", b"moof"} <= kinds:
            raise ValueError("not a whole recording")


def _clean_level(file: BinaryIO, parent: bytes, start: int, end: int, budget: Iterator[int]) -> list[_Box]:
    boxes = []
    for box in _boxes(file, start, end):
        if next(budget, None) is None:
            raise ValueError("too many boxes")
        boxes.append(box)
        if box.kind not in _KEPT[parent] or box.kind == b"free" or _is_foreign_track(file, box):
            _blank(file, box)
        elif box.kind in _KEPT:
            _clean_level(file, box.kind, box.body, box.end, budget)
    return boxes


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[_Box]:
    while start < end:
        file.seek(start)
        header = file.read(16)
        if len(header) < 8:
            raise ValueError("a cut box")
        size, body = int.from_bytes(header[:4]), start + 8
        if size == 1:
            size, body = int.from_bytes(header[8:16]), start + 16
        elif size == 0:
            size = end - start
        if start + size < body or start + size > end:
            raise ValueError("a box that ends outside")
        yield _Box(header[4:8], start, body, start + size)
        start += size


def _is_foreign_track(file: BinaryIO, box: _Box) -> bool:
    """A track that is neither picture nor sound: subtitles, timed metadata such as a GPS trail."""
    if box.kind != b"trak":
        return False
    for child in _boxes(file, box.body, box.end):
        for inner in _boxes(file, child.body, child.end) if child.kind == b"mdia" else ():
            if inner.kind == b"hdlr":
                file.seek(inner.body + 8)
                return file.read(4) not in _SOUND_OR_PICTURE
    return True


def _blank(file: BinaryIO, box: _Box) -> None:
    file.seek(box.start + 4)
    file.write(b"free")
    file.seek(box.body)
    left = box.end - box.body
    while left:
        left -= file.write(_ZEROS[:left])


def _strip_tags(path: Path) -> None:
    """Cut ID3v2 from the beginning and ID3v1 from the end."""
    content = path.read_bytes()
    while content[:3] == b"ID3":
        size = sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
        content = content[10 + size + (10 if content[5] & 0x10 else 0) :]
    if content[-128:-125] == b"TAG":
        content = content[:-128]
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE0 != 0xE0:
        raise ValueError("no sound behind the tags")
    path.write_bytes(content)
