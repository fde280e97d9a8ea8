"""Versions of the open data: each stays as it was given away."""

from __future__ import annotations

from django.db import models


class OpenDataVersion(models.Model):
    """One version, of all months up to `through`; its files never change."""

    number = models.PositiveIntegerField(unique=True)
    through = models.DateField(help_text="the first day of the last month in it")
    created_at = models.DateTimeField()
    package = models.JSONField(help_text="datapackage.json")

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"open data {self.number}"


class OpenDataFile(models.Model):
    """One file of a version, kept under its digest: what did not change since the version before is kept once.

    `added`, `changed` and `removed` count its rows against the version before; why a row went is told nowhere.
    """

    version = models.ForeignKey(OpenDataVersion, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    rows = models.BigIntegerField()
    added = models.BigIntegerField(null=True)
    changed = models.BigIntegerField(null=True)
    removed = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="open_data_file_once")]

    def __str__(self) -> str:
        return self.name
