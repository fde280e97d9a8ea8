"""Somebody says that an address is theirs; what was sent there proves it, once (ADR 0047)."""

from __future__ import annotations

from django.db import models


class ContactProof(models.Model):
    """One asking. Known and unknown addresses leave the same row; only the job that sends tells them apart.

    `kind` is `email` or `phone`; `contact_index` the digest by which reporters are found; the address itself is sealed
    under `context`. Token and code exist in the message alone, here their digests. `tries` counts wrong codes.
    """

    class Purpose(models.TextChoices):
        OPEN = "open"
        CHANGE = "change"

    purpose = models.CharField(max_length=6, choices=Purpose.choices)
    kind = models.CharField(max_length=5)
    contact_index = models.BinaryField(max_length=16)
    sealed = models.BinaryField()
    language = models.CharField(max_length=5, default="id")
    brand = models.SlugField(max_length=40, blank=True, default="")
    token_digest = models.BinaryField(max_length=16, null=True, unique=True)
    code_digest = models.BinaryField(max_length=16, null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(db_index=True)
    handled_at = models.DateTimeField(null=True, help_text="when the job looked whether there is anything to send")
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["contact_index", "asked_at"], name="proof_contact"),
            models.Index(fields=["id"], name="proof_to_send", condition=models.Q(handled_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"contact proof #{self.pk}"

    @property
    def context(self) -> str:
        """Ties the address to this asking."""
        return f"contact-proof:{bytes(self.contact_index).hex()}"
