"""Mass submissions: the same matter handed in by many in nearly the same words."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class MassPolicy(models.Model):
    """From a day on: how many cases make a mass submission, how like they are, how close in time."""

    valid_from = models.DateField(unique=True)
    minimum = models.PositiveIntegerField()
    likeness = models.DecimalField(max_digits=4, decimal_places=3, help_text="share of common runs of three words")
    within = models.DurationField(help_text="between one case and the next of the same matter")
    basis = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minimum__gte=2), name="mass_policy_at_least_two")]

    def __str__(self) -> str:
        return f"mass policy {self.valid_from}"


class MassSubmission(models.Model):
    """One cluster of a body: cases of one place in nearly the same words within days of each other.

    Secret, supervisory and anonymous cases are no part of it. `reporters` are told apart by their keyed indexes, which
    are not kept here; `unknown` cases came from nobody who can be told apart.
    """

    body = models.ForeignKey("directory.Agency", on_delete=models.CASCADE, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    case_ids = ArrayField(models.BigIntegerField())
    reporters = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["body", "first_at"], name="mass_body_first")]

    def __str__(self) -> str:
        return f"mass submission #{self.pk}"
