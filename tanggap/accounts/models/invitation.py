"""An invitation to a post: one link, used once."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from tanggap.accounts.roles import Role


class Invitation(models.Model):
    """Whoever follows the link before it expires gets the post. Only a digest of the link's secret is kept."""

    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    token_digest = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="invitations_sent"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation #{self.pk}"
