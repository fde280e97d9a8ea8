"""What a message says, where an instance says it otherwise; and who asked not to be written to."""

from __future__ import annotations

from django.db import models


class Wording(models.Model):
    """An instance's own words for a template, channel and language; without a row the words shipped are used."""

    template = models.CharField(max_length=40)
    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=200, blank=True, default="")
    body = models.TextField()
    updated_at = models.DateTimeField()
    updated_by_key = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["template", "channel", "language"], name="wording_once")]

    def __str__(self) -> str:
        return f"{self.template}/{self.channel}/{self.language}"


class OptOut(models.Model):
    """Somebody wants no messages by this channel. Known by a keyed digest of the address only."""

    channel = models.CharField(max_length=10)
    address_index = models.BinaryField(max_length=16)
    at = models.DateTimeField()
    reason = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "address_index"], name="opt_out_once")]

    def __str__(self) -> str:
        return f"opt-out #{self.pk}"
