"""Packets of SMS: what has been taken already, and the parts that wait for the rest of their message."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class SmsPart(models.Model):
    """One packet that came, kept for some days so that a repetition is recognised (ADR 0016).

    `digest` stands for its content, or for the name a gateway gave it (`certain`: the same digest is then the same
    packet, whenever it comes). `line` names the connection, `answered_at` the moment our answer was on its way.
    `message` gathers the parts of one long SMS; what they say is `sealed` until they are handed on as one.
    """

    brand = models.SlugField(max_length=40)
    digest = models.BinaryField(max_length=16)
    certain = models.BooleanField(default=False)
    line = models.CharField(max_length=16, blank=True, default="")
    message = models.BinaryField(max_length=16, null=True)
    total = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveSmallIntegerField(default=1)
    sealed = models.BinaryField(null=True)
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["digest", "-id"], name="sms_part_digest"),
            models.Index(fields=["message", "id"], name="sms_part_waiting", condition=Q(joined_at__isnull=True)),
            models.Index(fields=["received_at"], name="sms_part_age"),
        ]

    def __str__(self) -> str:
        return f"SMS part #{self.pk}"

    @property
    def context(self) -> str:
        """Ties what is sealed to its packet."""
        return f"sms-part:{bytes(self.digest).hex()}"
