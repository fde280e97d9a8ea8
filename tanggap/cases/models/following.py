"""Who asked to be told of public cases."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Follow(models.Model):
    """One address, or one browser, that is told of one public case, or of new ones by place, topic and body.

    The address is sealed under `follow:<index>` and found by its index. Nothing is sent before it was confirmed, by
    the link that came to it (a browser confirms by asking). Ending one deletes the row: who followed what is nobody's
    business afterwards. `told_at` is up to when news were sent.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, null=True, related_name="+")
    region = models.ForeignKey("directory.Region", on_delete=models.PROTECT, null=True, related_name="+")
    category = models.ForeignKey("directory.Category", on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    address_sealed = models.BinaryField(null=True)
    address_index = models.BinaryField(max_length=16)
    language = models.CharField(max_length=5, default="id")
    brand = models.SlugField(max_length=40, blank=True, default="")
    created_at = models.DateTimeField()
    asked_at = models.DateTimeField(help_text="when the link to confirm was last sent")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address_index", "case", "region", "category", "agency"],
                nulls_distinct=False,
                name="follow_once",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False, region=None, category=None, agency=None)
                | Q(case=None) & (Q(region__isnull=False) | Q(category__isnull=False) | Q(agency__isnull=False)),
                name="follow_a_case_or_a_list",
            ),
        ]
        indexes = [models.Index(fields=["id"], name="follow_lists", condition=Q(case=None, confirmed_at__isnull=False))]

    def __str__(self) -> str:
        return f"follow #{self.pk}"

    @property
    def recipient_key(self) -> str:
        """How the outbox and the browsers' subscriptions name who is told: by the wish, not by the person."""
        return f"follower:{self.pk}"
