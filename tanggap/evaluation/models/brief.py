"""Briefs that were sent, and who wants which."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BriefLength(models.TextChoices):
    """The windows a brief comes for; the values are those of `briefs.windows.Length`."""

    WEEK = "minggu", _("Pekanan")
    MONTH = "bulan", _("Bulanan")


class SentBrief(models.Model):
    """One leader's brief of one window as it was composed for the letter: page and letter agree for ever.

    `content` holds counts and names of offices, topics and places (`briefs.content`), nothing of any report.
    `sent` is false where there was nothing to tell, or the leader wants none.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    length = models.CharField(max_length=6, choices=BriefLength.choices)
    first = models.DateField()
    composed_at = models.DateTimeField()
    content = models.JSONField()
    sent = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "agency", "length", "first"], name="brief_once_a_window")
        ]

    def __str__(self) -> str:
        return f"{self.length} {self.first}"


class BriefWish(models.Model):
    """Which briefs somebody wants by message; without a row both."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    weekly = models.BooleanField(default=True)
    monthly = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"wish of #{self.pk}"
