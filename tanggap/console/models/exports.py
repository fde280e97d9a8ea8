"""A list of cases as a file, made by a job, for the one who asked (ADR 46)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Export(models.Model):
    """One file. `position` is the last case that was written: a job that died goes on behind it.

    `content` is the whole file of an earlier edition; today it stands in its parts.
    """

    class Format(models.TextChoices):
        """What the file is."""

        CSV = "csv", _("CSV")
        XLSX = "xlsx", _("Excel (XLSX)")

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("Menunggu")
        RUNNING = "running", _("Sedang dibuat")
        READY = "ready", _("Siap diunduh")
        FAILED = "failed", _("Gagal")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    query = models.CharField(max_length=600)
    format = models.CharField(max_length=4, choices=Format.choices)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    position = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["expires_at"], name="export_expires")]

    def __str__(self) -> str:
        return f"export #{self.pk}"


class ExportPart(models.Model):
    """Some rows of it, in the order they were read; gone once the file is made. `case_ids` stay: see `still_seen`.

    The file is the `content` of all parts, one behind the other: a CSV's stands with its rows, an XLSX's comes at last.
    """

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts")
    rows = models.JSONField(null=True)
    content = models.BinaryField(null=True)
    case_ids = models.JSONField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"export part #{self.pk}"
