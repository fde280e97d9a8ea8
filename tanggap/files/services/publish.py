"""Who may see a file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tanggap.common.errors import Refused
from tanggap.files.limits import Kind
from tanggap.files.models import StoredFile, Visibility

PUBLISHABLE = frozenset({Kind.PICTURE, Kind.VIDEO})


def set_visibility(*, stored: StoredFile, visibility: Visibility) -> None:
    """Change it. Raises Refused for publishing sound (a voice names its owner) or a PDF (so does its metadata), or
    what the sender keeps from the public.
    """
    if visibility == Visibility.PUBLIC and stored.kind not in PUBLISHABLE:
        raise Refused(
            _("Hanya gambar dan video yang dapat ditampilkan untuk umum. Tidak ada yang diubah."),
            code="not_publishable",
        )
    if visibility == Visibility.PUBLIC and stored.sender_hides:
        raise Refused(
            _("Pelapor meminta berkas ini tidak ditampilkan untuk umum. Tidak ada yang diubah."),
            code="sender_hides",
        )
    stored.visibility = visibility
    stored.save(update_fields=["visibility"])
