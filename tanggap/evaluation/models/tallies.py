"""Figures kept ready: what each case contributes, and the sums by node and month (ADR 24)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class TallyEntry(models.Model):
    """What one case contributes to the figures, as its events told when it was last counted.

    The finest grain: agency × region × category × classification × channel × month are columns. Durations are in
    microseconds, net of pauses. `nodes` and `charged` are the agencies in whose figures it stands and to whom its
    answer in or out of time is charged; `ever` all in which it ever stood, regions too. They are kept as
    they were counted, so that it can be taken out again whatever became of the tree. Time alone may change what it
    contributes: `next_at` is when; `changed_at` is since when it contributes this.
    """

    case_id = models.BigIntegerField(primary_key=True)
    slot = models.SmallIntegerField(help_text="see evaluation/tallies/slots.py")
    received_at = models.DateTimeField()
    agency_id = models.IntegerField()
    body_id = models.IntegerField(null=True)
    region = models.CharField(max_length=13, blank=True, default="", db_collation="C")
    category = models.CharField(max_length=24, blank=True, default="")
    classification = models.CharField(max_length=24, blank=True, default="")
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=12)
    outcome = models.CharField(max_length=12, blank=True, default="")
    archive_reason = models.CharField(max_length=16, blank=True, default="")
    guarded = models.BooleanField(default=False)
    merged = models.BooleanField(default=False)
    judged = models.BooleanField(default=False)
    on_time = models.BooleanField(default=False)
    overdue = models.BooleanField(default=False)
    reopened = models.BooleanField(default=False)
    returned = models.BooleanField(default=False)
    rating = models.SmallIntegerField(null=True)
    first_answer_working = models.BigIntegerField(null=True)
    first_answer_calendar = models.BigIntegerField(null=True)
    verification_working = models.BigIntegerField(null=True)
    citizen_first_answer = models.BigIntegerField(null=True)
    citizen_close = models.BigIntegerField(null=True)
    citizen_forward = models.BigIntegerField(null=True)
    promises_kept = models.SmallIntegerField(default=0)
    promises_broken = models.SmallIntegerField(default=0)
    promises_pending = models.SmallIntegerField(default=0)
    held = models.JSONField(default=list, help_text="[[nodes], microseconds] of each holder that handed it on or ended")
    nodes = ArrayField(models.IntegerField())
    charged = ArrayField(models.IntegerField(), default=list)
    ever = ArrayField(models.IntegerField())
    changed_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    seq = models.IntegerField(help_text="the last event counted")

    class Meta:
        verbose_name_plural = "tally entries"
        indexes = [
            models.Index(fields=["body_id", "slot"], name="tally_entry_body"),
            models.Index(fields=["agency_id", "slot"], name="tally_entry_agency"),
            models.Index(name="tally_entry_region", fields=["region", "slot"]),
            models.Index(fields=["slot"], name="tally_entry_slot"),
            models.Index(fields=["next_at"], name="tally_entry_next", condition=Q(next_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"case:{self.case_id}"


class Tally(models.Model):
    """The sum of the entries of one node over one month or year, as counts by key (`evaluation/tallies/entry.py`).

    `counts` holds the few that everybody asks for; `details` the many: topics, places, histograms, as JSON by
    dimension. They are text, since nothing searches in them and a year of the country has a hundred kilobytes, which
    the database would translate at every reading (`evaluation/tallies/sheet.py`).
    `node` is an agency's number, a region's code as a negative number, or 0 for the whole instance.
    """

    node = models.IntegerField()
    months = models.SmallIntegerField(help_text="1 or 12")
    slot = models.SmallIntegerField()
    counts = models.JSONField()
    details = models.TextField(default="{}")

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [models.UniqueConstraint(fields=["node", "months", "slot"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.node}/{self.months}/{self.slot}"
