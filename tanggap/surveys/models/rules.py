"""Grades and limits of the survey, as dated rows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class GradeBand(models.Model):
    """One grade and its lowest index, from a day on. The bands of one day replace all earlier ones."""

    grade = models.CharField(max_length=2)
    floor = models.DecimalField(max_digits=5, decimal_places=2)
    label_id = models.CharField(max_length=40)
    label_en = models.CharField(max_length=40)
    valid_from = models.DateField()
    basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grade", "valid_from"], name="grade_band_once"),
            models.CheckConstraint(condition=Q(floor__gte=0, floor__lte=100), name="grade_band_floor_is_an_index"),
        ]

    def __str__(self) -> str:
        return f"{self.grade} from {self.valid_from}"


class SurveyPolicy(models.Model):
    """How many answers are enough, how few are shown, and when an agency is reminded."""

    valid_from = models.DateField(unique=True)
    chi_square = models.DecimalField(max_digits=6, decimal_places=3)
    margin = models.DecimalField(max_digits=4, decimal_places=3)
    fewest_shown = models.PositiveSmallIntegerField(help_text="below so many answers no result is shown")
    due_every_days = models.PositiveSmallIntegerField(help_text="every service is surveyed at least so often")
    reminders_a_day = models.PositiveSmallIntegerField()
    counted_from = models.DateField(help_text="a missing survey counts as late from this day on, not from before it")
    basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(chi_square__gt=0, margin__gt=0), name="survey_policy_sample_positive"),
            models.CheckConstraint(condition=Q(due_every_days__gte=1), name="survey_policy_due_positive"),
        ]

    def __str__(self) -> str:
        return f"survey policy from {self.valid_from}"
