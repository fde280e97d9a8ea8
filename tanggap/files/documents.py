"""PDF is the one document format. It is looked at, not cleaned: without a renderer nothing can be re-encoded.

What asks to run, open or carry something is refused where it can be seen, object streams included; a determined
author can hide more. Therefore a PDF is only ever handed out as a download, never shown from this origin.
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid
from tanggap.files.limits import MEGABYTE

# Long names only: a short one such as /JS turns up by chance in ten megabytes of compressed data.
_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|XFAForm)(?![A-Za-z0-9])"
)
_ENCRYPTED: Final = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT_STREAM: Final = re.compile(rb"/Type\s{0,8}/ObjStm(?![A-Za-z0-9])")
_STREAM: Final = re.compile(rb"stream\r?\n")
_TRAILER: Final = 2048
_MAX_INFLATED: Final = 40 * MEGABYTE


def check_document(path: Path) -> None:
    """Raises Invalid for a PDF that is broken, locked or carries anything active that can be seen."""
    content = path.read_bytes()
    ending = content[-_TRAILER:]
    if b"%%EOF" not in ending or b"startxref" not in ending or b"obj" not in content:
        raise _unreadable()
    names = _unescaped(content)
    if _ENCRYPTED.search(names):
        raise Invalid(
            _("Dokumen PDF ini terkunci dengan kata sandi. Simpan ulang tanpa kata sandi, lalu kirim lagi."),
            code="encrypted_document",
        )
    if _ACTIVE.search(names) or any(_ACTIVE.search(_unescaped(inner)) for inner in _object_streams(content)):
        raise Invalid(
            _(
                "Dokumen PDF ini memuat program atau lampiran di dalamnya, jadi tidak diterima. "
                "Cetak ulang ke PDF biasa, lalu kirim lagi."
            ),
            code="active_document",
        )


def _unescaped(content: bytes) -> bytes:
    """Names may be written with escapes: /J#61vaScript."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), content)


def _object_streams(content: bytes) -> list[bytes]:
    """The object streams, inflated; bounded together, because ten megabytes can inflate to ten gigabytes."""
    found, left = [], _MAX_INFLATED
    for match in _OBJECT_STREAM.finditer(content):
        start = _STREAM.search(content, match.end(), match.end() + _TRAILER)
        if start is None:
            raise _unreadable()
        inflater = zlib.decompressobj()
        try:
            inner = inflater.decompress(content[start.end() :], left)
        except zlib.error:
            raise _unreadable() from None
        left -= len(inner)
        if left <= 0:
            raise _unreadable()
        found.append(inner)
    return found


def _unreadable() -> Invalid:
    return Invalid(
        _("Dokumen PDF ini tidak dapat dibaca. Berkasnya mungkin rusak; simpan ulang sebagai PDF, lalu kirim lagi."),
        code="unreadable_document",
    )
