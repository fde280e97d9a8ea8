"""Files that people send: a row for each, the content once for all under its hash."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tanggap.common.crypto import unseal
from tanggap.files.limits import MAX_AREAS_TEXT, Kind


class Visibility(models.TextChoices):
    """Who may see a file, as far as the file itself says; the owner's policy comes first."""

    WITHHELD = "withheld", _("menunggu pemeriksaan")
    INTERNAL = "internal", _("pelapor dan petugas")
    PUBLIC = "public", _("umum")


def new_token() -> str:
    """The name of a file in addresses: 128 random bits, so that it cannot be guessed."""
    return secrets.token_hex(16)


class StoredFile(models.Model):
    """One file of one owner (`case:12`, `draft:<token>`). A deleted one leaves this row as its tombstone.

    `painted_sha256` is the picture with the sender's `areas` painted over (`x,y,w,h;…` in thousandths of its sides):
    what everybody sees instead of it.
    """

    token = models.CharField(max_length=32, unique=True)
    owner = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.INTERNAL)
    sha256 = models.CharField(max_length=64, help_text="of the content as stored")
    media_type = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField(help_text="bytes")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    painted_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    painted_size = models.PositiveBigIntegerField(null=True, help_text="bytes")
    areas = models.CharField(max_length=MAX_AREAS_TEXT, blank=True, default="", db_default="")
    sender_hides = models.BooleanField(default=False, db_default=False, help_text="never to be shown to everybody")
    name_sealed = models.BinaryField(null=True, help_text="the sender's file name; names of people stand in them")
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True, help_text="when nothing of the content was left on disk")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "id"], name="files_by_owner"),
            models.Index(fields=["sha256"], name="files_by_content"),
            models.Index(fields=["painted_sha256"], name="files_by_painting", condition=~models.Q(painted_sha256="")),
            models.Index(
                fields=["deleted_at"],
                name="files_to_erase",
                condition=models.Q(deleted_at__isnull=False, erased_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.token}"

    @property
    def seal_context(self) -> str:
        """Ties the sealed name to this row."""
        return f"file:{self.token}"

    @property
    def original_name(self) -> str:
        """The sender's own name for it; only for those who may see who the sender is."""
        return "" if self.name_sealed is None else unseal(self.name_sealed, context=self.seal_context).decode()

    @property
    def download_name(self) -> str:
        """A name that says nothing about the sender."""
        extension = {
            "image/jpeg": "jpg",
            "image/webp": "webp",
            "application/pdf": "pdf",
            "video/mp4": "mp4",
            "audio/mp4": "m4a",
            "audio/mpeg": "mp3",
            "audio/ogg": "ogg",
            "audio/amr": "amr",
        }.get(self.media_type, "bin")
        return f"lampiran-{self.token[:8]}.{extension}"
