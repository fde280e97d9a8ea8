"""Who may see a file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tanggap.common.errors import Refused
from tanggap.files.limits import Kind
from tanggap.files.models import StoredFile, Visibility

PUBLISHABLE = frozenset({Kind.PICTURE, Kind.VIDEO})


def set_visibility(*, stored: StoredFile, visibility: Visibility) -> None:
    """Change it. Raises Refused for publishing sound (a voice names its owner) or a PDF (so does its metadata)."""
    if visibility == Visibility.PUBLIC and stored.kind not in PUBLISHABLE:
        raise Refused(
            _("Hanya gambar dan video yang dapat ditampilkan untuk umum. Tidak ada yang diubah."),
            code="not_publishable",
        )
    stored.visibility = visibility
    stored.save(update_fields=["visibility"])
