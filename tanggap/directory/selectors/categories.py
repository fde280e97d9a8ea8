"""Topics that are offered today."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from tanggap.common.clock import now
from tanggap.directory.models import Category


def offered_categories(on: date | None = None) -> QuerySet[Category]:
    """Neither merged nor closed `on` that day (today), by code."""
    day = on or now().date()
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    return Category.objects.filter(begun, Q(valid_until=None) | Q(valid_until__gte=day), merged_into=None)
