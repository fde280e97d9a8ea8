"""Judging files while a form arrives: what cannot be accepted is skipped, the rest of the form is kept.

Put `tanggap.files.uploads.BoundedUploadHandler` first in FILE_UPLOAD_HANDLERS. A view then shows
`refused_uploads(request)` beside the field, with everything that was typed still there.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid
from tanggap.files.limits import MAX_BYTES, MAX_REQUEST_BYTES, MEGABYTE, Kind
from tanggap.files.services.accept_upload import refused_kind, too_large
from tanggap.files.sniff import sniff

_ATTRIBUTE = "refused_uploads"


def refused_uploads(request: HttpRequest) -> list[Invalid]:
    """Why files of this request were skipped. Read `request.POST` first: that is what parses the form."""
    found: list[Invalid] = getattr(request, _ATTRIBUTE, [])
    return found


class BoundedUploadHandler(FileUploadHandler):
    """Looks at the first bytes of each file and counts the rest; hands on only what may be accepted."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Start counting."""
        self.total = 0
        self.refused: list[Invalid] = []
        setattr(self.request, _ATTRIBUTE, self.refused)
        self.hopeless = content_length > 2 * MAX_REQUEST_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Forget the file before."""
        super().new_file(*args, **kwargs)
        self.kind: Kind | None = None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the piece on, or skip the file with its reason; a hopeless request is not read to its end."""
        self.total += len(raw_data)
        if self.hopeless:
            self.refused.append(self._request_too_large())
            raise StopUpload(connection_reset=True)
        if self.total > MAX_REQUEST_BYTES:
            self._skip(self._request_too_large())
        if start == 0:
            sniffed = sniff(raw_data)
            if sniffed.kind is None:
                self._skip(refused_kind(sniffed))
            self.kind = sniffed.kind
        if self.kind is not None and start + len(raw_data) > MAX_BYTES[self.kind]:
            self._skip(too_large(self.kind))
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The next handler makes the file."""
        return None

    def _skip(self, reason: Invalid) -> None:
        self.refused.append(reason)
        raise SkipFile

    def _request_too_large(self) -> Invalid:
        return Invalid(
            _("Semua berkas bersama-sama terlalu besar: paling besar %(limit)s MB. Kirim sebagian dahulu.")
            % {"limit": MAX_REQUEST_BYTES // MEGABYTE},
            code="request_too_large",
            field="files",
        )
