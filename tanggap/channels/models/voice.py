"""Voice notes that wait to be written down."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class VoiceNote(models.Model):
    """A recording that is a report, or an addition to one. Kept, never public; somebody writes down what it says."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    file_token = models.CharField(max_length=32, unique=True)
    received_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    written_by_key = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["received_at"], name="voice_waiting", condition=Q(written_at__isnull=True))]

    def __str__(self) -> str:
        return f"voice note #{self.pk}"
