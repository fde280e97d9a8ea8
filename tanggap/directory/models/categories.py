"""The tree of topics."""

from __future__ import annotations

from django.db import models


class Category(models.Model):
    """A topic of cases; dated, because topics come and go and old cases keep theirs."""

    code = models.CharField(max_length=24, primary_key=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(max_length=120)
    level = models.PositiveSmallIntegerField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    """The last day on which it is offered, included."""
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed")
    """Where what is filed under its code goes from now on; cases filed before keep it."""

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
