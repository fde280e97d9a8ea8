"""Languages a brand may speak. A draft stays silent until somebody who speaks it has read it."""

from __future__ import annotations

from django.db import models


class Locale(models.Model):
    """One language of the conversations. `reviewed_by` names the office or person who read its words, for the record.

    Indonesian and English need no row: the house keeps them itself.
    """

    code = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=60)
    reviewed_by = models.CharField(max_length=120, blank=True, default="")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    enabled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="directory_locale_read_before_spoken",
                condition=models.Q(enabled=False) | models.Q(reviewed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name
