"""What a change of calendars or limits did to the open cases, and how far the work is."""

from __future__ import annotations

from django.db import models


class Recalculation(models.Model):
    """The re-computation of open due dates after one event (`calendar.changed`, `policy.changed`).

    `agency` is whose calendar or limit changed; null is everybody's. The work goes by case number, so that it can
    be taken up where it was left; `hidden` counts moved cases that are secret or supervisory, which stand in no
    other number here: a count must not betray them to the office they are about.
    """

    event_id = models.BigIntegerField(unique=True)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField()
    looked_at = models.PositiveIntegerField(default=0)
    last_case_id = models.BigIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    earlier = models.PositiveIntegerField(default=0)
    later = models.PositiveIntegerField(default=0)
    hidden = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"recalculation after event {self.event_id}"
