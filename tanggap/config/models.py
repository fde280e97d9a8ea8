"""What the installation remembers about itself."""

from __future__ import annotations

from django.db import models


class Stamp(models.Model):
    """A named fact of the installation, e.g. from which code the database was last prepared."""

    name = models.CharField(primary_key=True, max_length=40)
    value = models.CharField(max_length=200)
    written_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name
