"""What an agency still owes after it answered: a promise with its date, an answer to the ombudsman."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Pledge(models.Model):
    """A promise of a final answer. It keeps its date after closing; kept or broken is counted (DOMAIN §2)."""

    class State(models.TextChoices):
        PENDING = "pending", _("belum jatuh tempo")
        KEPT = "kept", _("ditepati")
        BROKEN = "broken", _("tidak ditepati")

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="pledges")
    message = models.OneToOneField("cases.Message", on_delete=models.PROTECT, related_name="pledge")
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    due_on = models.DateField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.PENDING)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], name="pledge_pending", condition=Q(state="pending"))]

    def __str__(self) -> str:
        return f"pledge #{self.pk}"


class Inquiry(models.Model):
    """A question of the ombudsman to the agency about a case, with a clock of its own; it moves no state."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="inquiries")
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    asked_by_key = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    question = models.TextField()
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_key = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["case", "asked_at"], name="inquiry_case")]

    def __str__(self) -> str:
        return f"inquiry #{self.pk}"
