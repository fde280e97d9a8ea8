"""Files of an answer that is not yet sent: they wait under the form's own key, so that an error loses none."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from tanggap.common.clock import now
from tanggap.common.errors import TanggapError
from tanggap.console.deeds.base import DeedForm
from tanggap.files.selectors import files_of
from tanggap.files.services.accept_upload import accept_upload
from tanggap.files.services.attach import draft_owner
from tanggap.files.services.delete_file import delete_file

KEY = re.compile(r"[0-9a-f]{32}")
MOST_AT_ONCE = 10


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class _Files(forms.FileField):
    """Any number of files; `UploadedFile`s as a list. What may not be taken was skipped while the form arrived."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        return [one for one in data or [] if one]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that arrived with an attempt that failed."""

    name: str
    size: int


class WithFiles(forms.Form):
    """A form with attachments, which wait under `key` until the words are right too."""

    attachments = _Files(
        label=gettext_lazy("Foto atau berkas"),
        required=False,
        help_text=gettext_lazy("Gambar, PDF, video, atau rekaman suara. Pelapor dapat membukanya."),
        widget=_Several(attrs={"multiple": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = str(self.data.get("draft_key", ""))
        self.key = given if KEY.fullmatch(given) else secrets.token_hex(16)

    def take_files(self, refused: list[TanggapError]) -> None:
        """Take in what arrived; each file that cannot be taken says why, the others and the text stay."""
        troubles = [error.message for error in refused]
        for upload in self.files.getlist("attachments")[:MOST_AT_ONCE]:
            try:
                self._take(upload)
            except TanggapError as error:
                troubles.append(error.message)
        for trouble in troubles:
            self.add_error("attachments", trouble)

    def _take(self, upload: UploadedFile[Any]) -> None:
        """One file; what arrived with an earlier attempt already is not kept twice."""
        owner = draft_owner(self.key)
        stored = accept_upload(stream=upload, name=upload.name or "", owner=owner, now=now())
        if files_of(owner).filter(sha256=stored.sha256).exclude(pk=stored.pk).exists():
            delete_file(stored=stored, now=now())

    @property
    def waiting(self) -> list[Waiting]:
        """What arrived with an earlier attempt."""
        if not self.is_bound:
            return []
        rows = files_of(draft_owner(self.key))
        return [Waiting(row.original_name or row.download_name, row.size) for row in rows]


class FilesForm(WithFiles, DeedForm):
    """The same about a case."""

    named = {"files": "attachments"}
