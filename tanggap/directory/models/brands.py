"""Local brands: how one door looks and is called in one place."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q, Value


class Brand(models.Model):
    """A name, a look and a host for the same system, e.g. a regency's own door."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    line = models.CharField(max_length=160, blank=True)
    """The sentence under the name."""
    logo_svg = models.TextField(max_length=20_000, blank=True)
    colour = models.CharField(max_length=7, blank=True, validators=[RegexValidator(r"^#[0-9a-f]{6}\Z")])
    host = models.CharField(max_length=120, unique=True, null=True, blank=True)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, null=True, blank=True)
    """Whose door it is: cases that enter here are addressed to it; null for the whole instance."""
    channels = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    android_package = models.CharField(max_length=150, blank=True, default="", db_default="")
    """The app in Android's store that may open this brand's address as its own (docs/how-to/android.md)."""
    android_fingerprints = models.JSONField(default=list, blank=True, db_default=Value([], models.JSONField()))
    """SHA-256 of the certificates it is signed with: the store's and the upload's."""
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="directory_brand_one_default", fields=["is_default"], condition=Q(is_default=True)
            )
        ]

    def __str__(self) -> str:
        return self.name
