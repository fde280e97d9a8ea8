"""What the search of the public list reads."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class PublicWords(models.Model):
    """The stems of the masked words of one public case: title, text, answers, topic and place; and its marks.

    A table of its own, not a column of the case: what is not public has no row, so that neither a secret case nor
    what masking took away can be found by any query, and nothing is written here while a case is taken in.
    """

    case = models.OneToOneField("cases.Case", on_delete=models.CASCADE, primary_key=True, related_name="public_words")
    search = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["search"], name="public_words_search")]

    def __str__(self) -> str:
        return f"public words of #{self.pk}"
