"""What a person has practised. Kept apart from the sandbox, which may be thrown away."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class PractisedExercise(models.Model):
    """One exercise of training mode that a person did right, once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practised")
    exercise = models.SlugField(max_length=20)
    done_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "exercise"], name="practised_once")]

    def __str__(self) -> str:
        return f"{self.exercise} #{self.person_id}"
