"""What an agency will do about the result, and how far it got."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tanggap.surveys.models.survey import Survey


class FollowUp(models.Model):
    """One promise: about which element, by which post, until when; its progress in per cent with a sentence."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="follow_ups")
    element = models.CharField(max_length=2)
    action = models.CharField(max_length=500)
    owner = models.CharField(max_length=120, help_text="a post or an office, no person")
    due_on = models.DateField()
    progress = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True, default="")
    updated_on = models.DateField()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [models.CheckConstraint(condition=Q(progress__lte=100), name="follow_up_progress_to_100")]

    def __str__(self) -> str:
        return f"follow-up #{self.pk}"
