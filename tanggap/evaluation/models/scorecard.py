"""What a ranking weighs and whom it compares: published, dated rows."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tanggap.evaluation.ranking.scorecard import Direction, Kind


class ScorecardComponent(models.Model):
    """One component from a day on, until a later row of the same `slug`; weight 0 takes it out."""

    class KindWord(models.TextChoices):
        FIGURE = Kind.FIGURE.value, _("Angka rapor")
        EVIDENCE = Kind.EVIDENCE.value, _("Bukti yang diperiksa")

    class DirectionWord(models.TextChoices):
        HIGHER = Direction.HIGHER.value, _("Makin tinggi makin baik")
        LOWER = Direction.LOWER.value, _("Makin rendah makin baik")

    slug = models.SlugField(max_length=40)
    label_id = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)
    weight = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=KindWord.choices)
    source = models.CharField(max_length=60, help_text="a figure's name, or an item of evidence")
    direction = models.CharField(max_length=6, choices=DirectionWord.choices, default=DirectionWord.HIGHER)
    valid_from = models.DateField()
    basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "valid_from"], name="scorecard_component_once"),
            models.CheckConstraint(condition=Q(weight__lte=1000), name="scorecard_weight_to_1000"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.weight}"


class RankingPolicy(models.Model):
    """From a day on: how few cases are too few, how wide an interval is, where volume bands begin."""

    valid_from = models.DateField(unique=True)
    minimum_n = models.PositiveIntegerField()
    z = models.DecimalField(max_digits=8, decimal_places=6, help_text="1.959964 for 95 %")
    band_floors = ArrayField(models.PositiveIntegerField(), default=list)
    basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minimum_n__gte=1), name="ranking_minimum_positive"),
            models.CheckConstraint(condition=Q(z__gt=0), name="ranking_z_positive"),
        ]

    def __str__(self) -> str:
        return f"ranking policy {self.valid_from}"
