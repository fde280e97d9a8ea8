"""Tags of posters, desks and vans: which are in use, and how many cases came by each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs_everything
from tanggap.cases.models import Case
from tanggap.channels.models import SourceTag

LONGEST_SLUG = 40


def open_tag(slug: str, *, now: datetime) -> SourceTag | None:
    """The tag of this name if it is in use; None for an unknown or ended one, which is no reason to stop anybody."""
    if not slug or len(slug) > LONGEST_SLUG or "\x00" in slug:
        return None
    found = SourceTag.objects.select_related("agency__body", "region").filter(slug=slug)
    return found.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=now)).first()


def tags_for_entry(actor: Actor, *, now: datetime) -> QuerySet[SourceTag]:
    """The tags in use in the governments where the actor is posted: a desk of one office serves its neighbours too."""
    rows = SourceTag.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=now)).order_by("label", "pk")
    if governs_everything(actor):
        return rows
    return rows.filter(agency__body_id__in={grant.body_id for grant in actor.grants if grant.body_id})


def monthly_counts(slugs: Sequence[str], *, since: datetime, zone: tzinfo) -> dict[str, dict[date, int]]:
    """Tag → first day of the month → cases that came by it. Reads the tagged cases alone, by their own index.

    Guarded cases are left out: a number that rises by one would tell an office that somebody complained about it.
    """
    tagged = Case.objects.filter(source_tag__in=slugs, received_at__gte=since, guarded=False).exclude(source_tag="")
    rows = tagged.annotate(month=TruncMonth("received_at", tzinfo=zone)).order_by()
    counts: dict[str, dict[date, int]] = {}
    for slug, month, number in rows.values_list("source_tag", "month").annotate(number=Count("pk")):
        counts.setdefault(slug, {})[month.astimezone(zone).date()] = number
    return counts
