"""What was loaded: one row, so that a second load changes nothing and an interrupted one goes on."""

from __future__ import annotations

from django.db import models


class DemoLoad(models.Model):
    """The one load of this instance. Seed, day and size are those of the first start, whatever is asked later."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seed = models.BigIntegerField()
    day = models.DateField()
    cases = models.PositiveIntegerField()
    families_written = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="demo_load_single", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"{self.day} seed {self.seed}"
