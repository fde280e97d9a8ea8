"""Who is called day and night for urgent cases."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class OnCallShift(models.Model):
    """One person's turn for an agency and everything below it. Without anybody on turn the coordinators are called."""

    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="on_call_shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency", "starts_at"], name="on_call_agency")]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="on_call_has_length")]

    def __str__(self) -> str:
        return f"on call #{self.pk}"
