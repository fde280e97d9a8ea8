"""Limits of the rules against gaming, and what they found in a period."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tanggap.evaluation.models.ranked_period import RankedPeriod


class FlagName(models.TextChoices):
    """What a flag says."""

    CLOSED_UNREAD = "closed_unread", _("Ditutup, padahal jawabannya tidak sampai dan tidak dibuka")
    IDENTICAL_ANSWERS = "identical_answers", _("Jawaban yang sama kata demi kata")
    TEMPLATE_IN_MINUTES = "template_in_minutes", _("Jawaban berulang dalam hitungan menit")
    ARCHIVED_AT_THE_END = "archived_at_the_end", _("Diarsipkan beramai-ramai pada akhir masa")
    ENTERED_BY_WHO_ANSWERS = "entered_by_who_answers", _("Dimasukkan oleh unit yang menjawab, lalu cepat selesai")
    STOPPED_BEFORE_THE_LIMIT = "stopped_before_the_limit", _("Ditunda atau diganti jenisnya menjelang batas")
    MERGED_LATE = "merged_late", _("Digabung setelah batasnya lewat tanpa tanggapan")
    WITHDRAWN_IN_BURSTS = "withdrawn_in_bursts", _("Pencabutan laporan melonjak")


class FlagRule(models.Model):
    """From a day on: how many cases, and what share of them, make a flag; `within` where a rule measures a time."""

    name = models.CharField(max_length=24, choices=FlagName.choices)
    minimum = models.PositiveIntegerField()
    share = models.DecimalField(max_digits=6, decimal_places=3, help_text="0–1; of bursts: times the usual number")
    within = models.DurationField()
    valid_from = models.DateField()
    basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "valid_from"], name="flag_rule_once"),
            models.CheckConstraint(condition=Q(minimum__gte=1), name="flag_rule_minimum_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.minimum}"


class Flag(models.Model):
    """Something in a body's period that deserves a look. No score is taken from it.

    `case_ids` are the cases behind, at most `KEPT`; who looks at them sees those that `cases_visible_to` gives.
    """

    period = models.ForeignKey(RankedPeriod, on_delete=models.CASCADE, related_name="flags")
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=24, choices=FlagName.choices)
    case_ids = ArrayField(models.BigIntegerField())
    count = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    raised_at = models.DateTimeField()

    class Meta:
        ordering = ["-count", "agency", "name"]
        constraints = [models.UniqueConstraint(fields=["period", "agency", "name"], name="flag_once")]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"
