"""Days off and office weeks, for everybody or for one agency and everything below it."""

from __future__ import annotations

from datetime import time

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class DayOff(models.Model):
    """A holiday or joint leave; or, with `working`, a day on which the office works although it otherwise would not."""

    class Kind(models.TextChoices):
        NATIONAL = "national", _("Libur nasional")
        JOINT = "joint", _("Cuti bersama")
        REGIONAL = "regional", _("Libur daerah")

    date = models.DateField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    agency = models.ForeignKey("directory.Agency", on_delete=models.CASCADE, null=True, blank=True)
    """Null: everybody. Otherwise this agency and all below it; the lowest row wins."""
    working = models.BooleanField(default=False)
    estimated = models.BooleanField(default=False)
    """True until the decree for that year is out."""

    class Meta:
        verbose_name_plural = "days off"
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(name="directory_dayoff_once", fields=["date", "agency"], nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class OfficeWeek(models.Model):
    """Weekdays and hours of an office from a date on; the lowest row on the path that is in force wins."""

    agency = models.ForeignKey("directory.Agency", on_delete=models.CASCADE, null=True, blank=True)
    days = models.CharField(max_length=13, default="0,1,2,3,4", validators=[RegexValidator(r"^[0-6](,[0-6])*\Z")])
    """Weekdays, Monday is 0."""
    opens = models.TimeField(default=time(8))
    closes = models.TimeField(default=time(16))
    valid_from = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="directory_officeweek_once", fields=["agency", "valid_from"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="directory_officeweek_opens_first", condition=models.Q(opens__lt=models.F("closes"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days} {self.opens}–{self.closes}"
