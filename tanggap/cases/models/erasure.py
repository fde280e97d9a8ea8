"""The wish to be forgotten, and how long data are kept without one (ADR 0048)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Erasure(models.Model):
    """Asked for one case or one account; carried out when `due_at` has come, unless it was called back before."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, null=True, related_name="erasures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    with_files = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False, person__isnull=True) | Q(case__isnull=True, person__isnull=False),
                name="erasure_of_case_or_account",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(case__isnull=False, cancelled_at__isnull=True, done_at__isnull=True),
                name="erasure_one_a_case",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(person__isnull=False, cancelled_at__isnull=True, done_at__isnull=True),
                name="erasure_one_an_account",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="erasure_due",
                condition=Q(cancelled_at__isnull=True, done_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"erasure #{self.pk}"


class RetentionKind(models.TextChoices):
    """What a period is about."""

    ERASURE_WAIT = "erasure_wait", "between the wish to be forgotten and its carrying out"
    IDENTITY = "identity", "between the end of a case and the erasing of its reporter's identity"
    PAYLOAD = "payload", "between dealing with a message of a channel and emptying what the provider sent"
    WAIT_LEAST = "wait_least", "the shortest wait before erasing"
    WAIT_MOST = "wait_most", "the longest wait before erasing"
    IDENTITY_LEAST = "ident_least", "the shortest time that identities must be kept"


class RetentionRule(models.Model):
    """How many calendar days, from a day on; the latest row that has begun applies."""

    kind = models.CharField(max_length=12, choices=RetentionKind.choices)
    days = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "valid_from"], name="retention_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.days}"
