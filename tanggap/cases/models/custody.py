"""Who held a case, how long, and when its clocks stood still."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Leg(models.Model):
    """One holder's time with the case. Ladder offsets and the ranking count from `held_from`."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="legs", db_index=False)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    held_from = models.DateTimeField()
    held_to = models.DateTimeField(null=True, blank=True)
    moved_by = models.CharField(max_length=12)
    reason = models.CharField(max_length=2000, blank=True, default="")

    class Meta:
        ordering = ["held_from", "id"]
        indexes = [models.Index(fields=["case", "held_from"], name="leg_case_from")]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(held_to__isnull=True), name="leg_one_present_holder")
        ]

    def __str__(self) -> str:
        return f"leg #{self.pk}"


class Hold(models.Model):
    """A pause of the agency's clocks while the reporter was asked something. At most two a case."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="hold_rows", db_index=False)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    before_state = models.CharField(max_length=12)
    question = models.TextField()

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["case", "asked_at"], name="hold_case_asked")]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at__isnull=True), name="hold_one_at_a_time")
        ]

    def __str__(self) -> str:
        return f"hold #{self.pk}"


class Assignment(models.Model):
    """Which officer of the holding unit works on it; no change of state."""

    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, related_name="assignment")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    assigned_by_key = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"assignment #{self.pk}"
