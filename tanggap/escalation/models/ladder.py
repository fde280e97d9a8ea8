"""Ladders: what is sent to whom when a clock runs on (DOMAIN §4). Rows, per clock and agency, with dates."""

from __future__ import annotations

from django.db import models


class Ladder(models.Model):
    """The steps of one clock for one agency and everything below it; the nearest one up the tree counts."""

    class Clock(models.TextChoices):
        VERIFICATION = "verification"
        FIRST_ANSWER = "first_answer"
        RESOLUTION = "resolution"
        OBJECTION = "objection"
        WINDOW = "window"
        COMPLETION = "completion"
        PROMISE = "promise"
        STATUTORY = "statutory"
        INQUIRY = "inquiry"
        URGENT = "urgent"

    slug = models.SlugField(max_length=40)
    clock = models.CharField(max_length=12, choices=Clock.choices)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock", "agency", "valid_from"], nulls_distinct=False, name="ladder_once")
        ]

    def __str__(self) -> str:
        return f"{self.slug}/{self.clock}"


class LadderStep(models.Model):
    """One rung. `offset_days` counts from the clock's start, or from its limit where `from_limit`; may be negative.

    With the calendar `hours` it counts hours day and night, and the step waits for no office.
    """

    class Kind(models.TextChoices):
        MESSAGE = "message"
        REMINDER = "reminder"
        LETTER_1 = "letter_1"
        LETTER_2 = "letter_2"
        ESCALATION = "escalation"
        NOTICE = "notice"

    class Calendar(models.TextChoices):
        WORKING_DAYS = "working_days"
        CALENDAR_DAYS = "calendar_days"
        HOURS = "hours"

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    offset_days = models.SmallIntegerField()
    from_limit = models.BooleanField(default=False)
    calendar = models.CharField(max_length=13, choices=Calendar.choices, default=Calendar.WORKING_DAYS)
    channel = models.CharField(max_length=10, blank=True, default="")
    role = models.CharField(max_length=20)
    template = models.CharField(max_length=40)
    copies = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["ladder", "number"], name="ladder_step_once")]

    def __str__(self) -> str:
        return f"{self.ladder_id}.{self.number}"
