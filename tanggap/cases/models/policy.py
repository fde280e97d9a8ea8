"""Dated rows instead of constants: limits of clocks and of intake."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tanggap.cases.vocabulary import ClassificationWord


class ClockName(models.TextChoices):
    """The clocks of DOMAIN §3."""

    VERIFICATION = "verification"
    FIRST_ANSWER = "first_answer"
    RESOLUTION = "resolution"
    WINDOW = "window"
    COMPLETION = "completion"
    STATUTORY = "statutory"
    OBJECTION = "objection"
    INQUIRY = "inquiry"


class LimitUnit(models.TextChoices):
    """What a limit counts."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"


class DeadlinePolicy(models.Model):
    """How long a clock runs: for one classification or all, one agency (and below) or everybody, between dates.

    An agency's own row may be stricter, never laxer; the strictest that applies wins. Rows marked `urgent` apply to
    urgent cases only.
    """

    clock = models.CharField(max_length=12, choices=ClockName.choices)
    classification = models.CharField(max_length=24, choices=ClassificationWord.choices, blank=True, default="")
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    urgent = models.BooleanField(default=False, db_default=False)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=13, choices=LimitUnit.choices, default=LimitUnit.WORKING_DAYS)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "classification", "agency", "urgent", "valid_from"],
                nulls_distinct=False,
                name="deadline_policy_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="deadline_policy_dates",
            ),
            models.CheckConstraint(condition=Q(amount__range=(1, 3660)), name="deadline_policy_within_ten_years"),
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.amount} {self.unit}"


class IntakeLimit(models.Model):
    """How many new cases, or other deeds, one source may hand in within a period.

    A row per channel, with `-device` for one browser, with `-busy` for an address while the guard is on; and rows for
    `endorse`, `follow`, `hiding`, `upload-piece`, `region-search` and `web-wait` (sent by waiting, not by work).
    """

    channel = models.CharField(max_length=20, unique=True)
    amount = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.channel}: {self.amount}/{self.seconds}s"


class IntakeCount(models.Model):
    """How many came from one source in one period. The source is a keyed digest that changes every day."""

    source_digest = models.BinaryField(max_length=16)
    period_starts_at = models.DateTimeField()
    amount = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source_digest", "period_starts_at"], name="intake_count_once")]

    def __str__(self) -> str:
        return f"intake count #{self.pk}"
