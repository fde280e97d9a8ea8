"""Regions by their Kemendagri code: province, regency or city, district, village."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Zone(models.TextChoices):
    """The three time zones of the country."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


class Region(models.Model):
    """One region; its code is its key: `35`, `35.78`, `35.78.09`, `35.78.09.1001`."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Provinsi")
        REGENCY = "regency", _("Kabupaten")
        CITY = "city", _("Kota")
        DISTRICT = "district", _("Kecamatan")
        VILLAGE = "village", _("Desa/kelurahan")

    code = models.CharField(max_length=13, primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    lat = models.FloatField(null=True, blank=True)
    lng = models.FloatField(null=True, blank=True)
    zone = models.CharField(max_length=20, choices=Zone.choices)
    search_text = models.CharField(max_length=400)
    """Own name and those of everything above, lower case: what the picker searches in."""

    class Meta:
        indexes = [
            GinIndex(name="directory_region_search", fields=["search_text"], opclasses=["gin_trgm_ops"]),
            GinIndex(name="directory_region_name", fields=["name"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name


class RegionWord(models.Model):
    """A word in the names of regions and how many bear it: what a mistyped word is compared with."""

    word = models.CharField(max_length=60, primary_key=True)
    uses = models.PositiveIntegerField()

    class Meta:
        indexes = [GinIndex(name="directory_regionword_search", fields=["word"], opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.word
