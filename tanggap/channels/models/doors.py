"""The doors of a brand that are rows: words of its SMS, tags of its posters, and how far a mailbox was read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Keyword(models.Model):
    """A first word of an SMS that leads to an agency, beside the agency's own aliases: `HALLO` of a local brand."""

    brand = models.ForeignKey("directory.Brand", on_delete=models.CASCADE, related_name="keywords")
    word = models.CharField(max_length=80)
    normalized = models.CharField(max_length=80, unique=True)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.word


class TagKind(models.TextChoices):
    """Where the code hangs or travels."""

    VILLAGE = "village", _("desa atau kelurahan")
    OFFICE = "office", _("kantor")
    VAN = "van", _("mobil keliling")
    DESK = "desk", _("loket")


class SourceTag(models.Model):
    """A poster, a van or a desk: the tag its QR code carries, by which the cases that came from it are counted."""

    slug = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey("directory.Region", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.slug


class Position(models.Model):
    """How far something that is read and not pushed has been read: a mailbox, the mentions of an account.

    Until `retry_at` it is left alone.
    """

    brand = models.SlugField(max_length=40)
    channel = models.CharField(max_length=10)
    value = models.CharField(max_length=200, blank=True, default="")
    read_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "channel"], name="position_once")]

    def __str__(self) -> str:
        return f"{self.brand}/{self.channel}"
