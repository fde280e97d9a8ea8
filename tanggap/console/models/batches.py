"""The same done with several cases, a little later, so that it can still be undone (ADR 45)."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Batch(models.Model):
    """One press of a bulk button. Until `run_at` nothing has happened, and `undone_at` keeps it so."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    slug = models.CharField(max_length=20)
    values = models.JSONField(default=dict)
    language = models.CharField(max_length=2, default="id")
    created_at = models.DateTimeField()
    run_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["run_at"],
                name="batch_due",
                condition=models.Q(done_at__isnull=True, undone_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"batch #{self.pk}"


class BatchItem(models.Model):
    """One case of it, and what became of it: `trouble` is the sentence of the refusal, empty when it was done.

    `agency` held the case when it was chosen; None for a press of an earlier edition.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+", db_index=False)
    agency = models.ForeignKey(
        "directory.Agency", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    done_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "case"], name="batch_item_once")]

    def __str__(self) -> str:
        return f"batch item #{self.pk}"
