"""How much of what is accepted: the one table of limits on files."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

MEGABYTE: Final = 1024 * 1024


class Kind(models.TextChoices):
    """What a file is, judged by its content."""

    PICTURE = "picture", _("gambar")
    DOCUMENT = "document", _("dokumen")
    VIDEO = "video", _("video")
    AUDIO = "audio", _("rekaman suara")


MAX_BYTES: Final = {
    Kind.PICTURE: 15 * MEGABYTE,
    Kind.DOCUMENT: 10 * MEGABYTE,
    Kind.VIDEO: 50 * MEGABYTE,
    Kind.AUDIO: 15 * MEGABYTE,
}
MAX_REQUEST_BYTES: Final = 110 * MEGABYTE
"""All files of one form together; beyond twice this the connection is cut instead of being read to its end."""
MAX_FILES_PER_OWNER: Final = 30
MAX_NAME: Final = 150

MAX_SIDE: Final = 2560
"""Pixels of the longer side that are kept."""
MAX_PIXELS: Final = 25_000_000
"""Decoded in full: 100 MB at four bytes a pixel."""
MAX_PIXELS_SCALED: Final = 120_000_000
"""Baseline JPEG is scaled while it is decoded, so the largest phone cameras cost no more."""

MAX_CHUNK: Final = 512 * 1024
MAX_PARTS_PER_OWNER: Final = 10
MAX_PARTS_BYTES: Final = 2048 * MEGABYTE
"""Of all files together that have begun to arrive."""

MAX_AREAS: Final = 300
MAX_AREAS_TEXT: Final = 6000

DRAFT_LIFETIME: Final = timedelta(hours=24)
GRACE: Final = timedelta(hours=1)
"""A blob without a row is left alone this long: the row may be in a transaction not yet committed."""
