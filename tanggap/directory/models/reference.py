"""Bookkeeping of reference data: what was loaded, and when anything last changed."""

from __future__ import annotations

from django.db import models


class ReferenceRevision(models.Model):
    """One row whose number changes with every change of reference data (triggers), so that caches know they are old.

    The number comes from a sequence: a rolled-back change can never leave its number to another content.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="directory_revision_single", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return str(self.number)


class ReferenceSeed(models.Model):
    """The values last loaded for one reference row.

    Loading again touches only what the product's own data changed since, and of that only fields which
    still have the loaded value: an administrator's edit or deletion stays.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=300)
    values = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(name="directory_seed_once", fields=["kind", "key"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
