"""A period whose figures and ranking are computed once, looked at, published and frozen."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RankedPeriod(models.Model):
    """One period, from the wish to compute it to the moment after which nothing of it changes.

    `manifest` is the canonical JSON of what was computed: the digests of the contents and the root over the heads of
    the ledger. A trigger refuses every change to a frozen period and to what belongs to it.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("Sedang dihitung")
        COMPUTED = "computed", _("Dihitung")
        REVIEWED = "reviewed", _("Diperiksa")
        PUBLISHED = "published", _("Diterbitkan")
        FROZEN = "frozen", _("Dibekukan")

    name = models.SlugField(max_length=40, unique=True)
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.REQUESTED)
    requested_by_key = models.CharField(max_length=40)
    requested_at = models.DateTimeField()
    as_of = models.DateTimeField(null=True, help_text="the moment the figures speak for")
    reviewed_by_key = models.CharField(max_length=40, blank=True, default="")
    reviewed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    manifest = models.TextField(blank=True, default="")
    signature = models.BinaryField(max_length=64, null=True)

    class Meta:
        ordering = ["-first", "-last", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="ranked_period_dates"),
            models.CheckConstraint(
                condition=Q(state="requested") | (Q(as_of__isnull=False) & ~Q(manifest="")),
                name="ranked_period_computed_has_manifest",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """The name of this period in the ledger."""
        return f"period:{self.pk}"


class PeriodContent(models.Model):
    """One part of what was computed, compressed canonical JSON; its digest stands in the manifest."""

    class Part(models.TextChoices):
        FIGURES = "figures", _("Angka rapor setiap instansi")
        SCORECARD = "scorecard", _("Kartu nilai dan aturan perbandingan")
        BODIES = "bodies", _("Ukuran setiap instansi")
        RANKING = "ranking", _("Peringkat setiap kelompok")
        DEFINITIONS = "definitions", _("Definisi angka")

    period = models.ForeignKey(RankedPeriod, on_delete=models.CASCADE, related_name="contents")
    part = models.CharField(max_length=11, choices=Part.choices)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "part"], name="period_content_once")]

    def __str__(self) -> str:
        return f"{self.part} of #{self.period_id}"


class PeriodHeads(models.Model):
    """The last event of some of the period's cases as it stood: stream, number and hash, compressed."""

    period = models.ForeignKey(RankedPeriod, on_delete=models.CASCADE, related_name="heads")
    number = models.PositiveIntegerField()
    heads = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="period_heads_once")]

    def __str__(self) -> str:
        return f"heads {self.number} of #{self.period_id}"
