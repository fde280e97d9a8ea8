"""Posts: who holds which role at which agency, from when to when, and who stands in meanwhile."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tanggap.accounts.roles import Role


class Membership(models.Model):
    """One person in one role at one agency between two dates, both included."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="membership_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["person", "agency", "role"], condition=Q(ends_on__isnull=True), name="membership_once_open"
            ),
        ]
        indexes = [models.Index(fields=["agency", "role"], name="membership_agency_role")]

    def __str__(self) -> str:
        return f"{self.role} #{self.pk}"


class Delegation(models.Model):
    """While its holder is away, somebody else acts in a post. It ends on its day by itself."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="delegations")
    to_person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="delegation_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"delegation #{self.pk}"
