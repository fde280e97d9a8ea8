"""A service of an agency, and its survey over a period."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Service(models.Model):
    """Something an agency does for people: what a survey asks about."""

    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    made_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"], condition=Q(ended_on__isnull=True), name="survey_service_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Survey(models.Model):
    """One survey: the days it asks on, the people served in that time, and after its close what they said.

    `counts` are the 36 numbers of `ikm.Tally`, written at the close and never again.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Dibuka")
        CLOSED = "closed", _("Ditutup, belum terbit")
        PUBLISHED = "published", _("Terbit")

    code = models.CharField(max_length=12, unique=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="surveys")
    first = models.DateField()
    last = models.DateField()
    population = models.PositiveIntegerField(help_text="people served in the period")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    sample = models.PositiveIntegerField(help_text="answers needed, by the rule in force when it was opened")
    counts = ArrayField(models.PositiveIntegerField(), size=36, null=True)

    class Meta:
        ordering = ["-last", "-id"]
        indexes = [models.Index(fields=["state", "last"], name="survey_state_last")]
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="survey_dates"),
            models.CheckConstraint(condition=Q(population__gte=1), name="survey_population_positive"),
            models.CheckConstraint(
                condition=Q(state="open", counts__isnull=True) | (~Q(state="open") & Q(counts__len=36)),
                name="survey_counted_when_closed",
            ),
            models.UniqueConstraint(fields=["service"], condition=Q(state="open"), name="survey_open_once"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stream(self) -> str:
        """The name of this survey in the ledger."""
        return f"survey:{self.pk}"


class SurveyReminder(models.Model):
    """A body was told on a day that surveys are missing, so that it is not told again within the year."""

    body = models.ForeignKey("directory.Agency", on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "on"], name="survey_reminder_once_a_day")]

    def __str__(self) -> str:
        return f"reminder of #{self.body_id} on {self.on}"
