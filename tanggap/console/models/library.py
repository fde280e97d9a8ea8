"""Answers a unit writes often."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tanggap.cases.vocabulary import AnswerKindWord


class AnswerTemplate(models.Model):
    """Words for an answer, with fields in braces. Those of a government serve all its units, a unit's only itself.

    `answer_kind` is what a final answer begins with; empty for interim ones. Retired, never deleted: the ledger
    (`answer-template:<pk>`) says who wrote and changed it.
    """

    agency = models.ForeignKey("directory.Agency", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("nama"), max_length=80)
    text = models.TextField(_("teks"))
    answer_kind = models.CharField(max_length=12, choices=AnswerKindWord.choices, blank=True, default="")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "title"], name="answer_template_once", condition=models.Q(retired_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        """The name of this text in the ledger."""
        return f"answer-template:{self.pk}"
