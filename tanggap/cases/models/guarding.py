"""What keeps intake open while somebody floods it: a switch and blocks, as rows."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class IntakeGuard(models.Model):
    """The one row that says whether a new case has to be worked or waited for.

    `above` new cases a minute by the open doors switch it on for `minutes` where the mode is `auto`. `bits` is the
    work: so many leading zero bits of a SHA-256 (18: a quarter of a million hashes, a second on a cheap phone);
    `wait_seconds` the plain way for browsers without JavaScript, rationed by the limit `web-wait`.
    """

    class Mode(models.TextChoices):
        OFF = "off", _("Tidak pernah")
        AUTO = "auto", _("Bila laporan membanjir")
        ON = "on", _("Selalu, sampai dimatikan")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mode = models.CharField(max_length=4, choices=Mode.choices, default=Mode.AUTO)
    above = models.PositiveIntegerField(default=300)
    minutes = models.PositiveSmallIntegerField(default=30)
    bits = models.PositiveSmallIntegerField(default=18)
    wait_seconds = models.PositiveSmallIntegerField(default=60)
    on_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="intake_guard_one_row"),
            models.CheckConstraint(condition=Q(bits__range=(1, 24)), name="intake_guard_bits"),
            models.CheckConstraint(condition=Q(wait_seconds__range=(5, 600)), name="intake_guard_wait"),
        ]

    def __str__(self) -> str:
        return f"intake guard: {self.mode}"


class IntakeBlock(models.Model):
    """A source that may hand in nothing until a moment, with the reason.

    Addresses are kept as keyed digests. `prefix` is the length of a network that an officer named; without one the
    digest is of today's address or browser (`source_digest`), which means nothing tomorrow.
    """

    digest = models.BinaryField(max_length=16)
    prefix = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    created_by_key = models.CharField(max_length=40)
    ends_at = models.DateTimeField(db_index=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("created_at")), name="intake_block_ends"),
        ]

    def __str__(self) -> str:
        return f"intake block #{self.pk}"
