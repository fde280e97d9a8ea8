"""Somebody who is no reporter asks to be taken out of what everybody reads."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class HidingRequest(models.Model):
    """A wish about the public words of one case, until moderators accepted or declined it.

    What the asker wrote, and where the answer goes, is sealed under `hiding:<case>` and thrown away with the decision:
    what stays is that there was a wish and how it ended.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="hiding_requests")
    sealed = models.BinaryField(null=True)
    language = models.CharField(max_length=5, default="id")
    brand = models.SlugField(max_length=40, blank=True, default="")
    asked_at = models.DateTimeField()
    accepted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_key = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, accepted=None, sealed__isnull=False)
                | Q(decided_at__isnull=False, accepted__isnull=False, sealed=None),
                name="hiding_request_kept_until_decided",
            )
        ]
        indexes = [
            models.Index(fields=["asked_at", "id"], name="hiding_request_waits", condition=Q(decided_at=None)),
        ]

    def __str__(self) -> str:
        return f"hiding request #{self.pk}"
