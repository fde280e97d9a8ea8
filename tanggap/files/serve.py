"""Handing a file out so that a browser never takes it for a page of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse

from tanggap.files.limits import Kind
from tanggap.files.models import StoredFile, Visibility
from tanggap.files.selectors import open_file

_RANGE: Final = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})", re.ASCII)
_CHUNK: Final = 64 * 1024
_CSP: Final = "default-src 'none'; sandbox"


def serve(
    stored: StoredFile, *, as_attachment: bool = False, range_header: str = "", painted: bool = False
) -> HttpResponseBase:
    """The content as an answer. The caller has already asked the policy; raises NotFound for a deleted file.

    Documents are always a download of no declared type, because their active content cannot be taken out.
    `range_header` is the request's `Range`: without partial answers iPhones play no video. `painted`: a picture without
    the areas that its sender painted over, where there are any.
    """
    document = stored.kind == Kind.DOCUMENT
    painted = painted and bool(stored.painted_sha256)
    size = stored.painted_size or 0 if painted else stored.size
    part = _part(range_header, size)
    response: HttpResponseBase
    if part is None and range_header.startswith("bytes=") and _RANGE.fullmatch(range_header):
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    elif part is None:
        response = FileResponse(
            open_file(stored, painted=painted), as_attachment=as_attachment or document, filename=stored.download_name
        )
    else:
        first, last = part
        response = StreamingHttpResponse(
            _piece(open_file(stored, painted=painted), first, last - first + 1), status=206
        )
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = str(last - first + 1)
    response["Content-Type"] = "application/octet-stream" if document else stored.media_type
    response["Accept-Ranges"] = "bytes"
    # A published picture can be withdrawn at any moment, so that even it is asked for anew each time.
    response["Cache-Control"] = "no-cache" if stored.visibility == Visibility.PUBLIC else "private, no-store"
    return set_apart(response)


def set_apart(response: HttpResponseBase) -> HttpResponseBase:
    """The answer as no page of ours: it runs nothing, other sites cannot embed it and search engines pass it by."""
    response["Content-Security-Policy"] = _CSP
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def _part(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a single satisfiable range, else None."""
    match = _RANGE.fullmatch(header)
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        first, last = max(size - int(match[2]), 0), size - 1
    else:
        first, last = int(match[1]), min(int(match[2] or size - 1), size - 1)
    return (first, last) if first <= last else None


def _piece(file: BinaryIO, first: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while length > 0:
            chunk = file.read(min(_CHUNK, length))
            if not chunk:
                return
            length -= len(chunk)
            yield chunk
