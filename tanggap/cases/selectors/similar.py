"""Cases that may be the same matter: a person decides, never a machine."""

from __future__ import annotations

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import QuerySet

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to
from tanggap.cases.workflow import State

NEWEST = 2000
LIKE = 0.3


def similar_cases(actor: Actor, case: Case, *, limit: int = 3) -> QuerySet[Case]:
    """Open cases of the same body whose titles are alike, most alike first.

    The newest two thousand first and similarity among those: over a whole table it takes more than a second. Only
    cases the actor may see; a guarded case is compared with nothing, so that no list betrays it.
    """
    if case.guarded:
        return Case.objects.none()
    newest = (
        cases_visible_to(actor)
        .filter(body_id=case.body_id, guarded=False)
        .exclude(state__in=[State.ARCHIVED, State.CLOSED])
        .exclude(pk=case.pk)
        .order_by("-received_at", "-id")
        .values("pk")[:NEWEST]
    )
    return (
        Case.objects.filter(pk__in=newest)
        .annotate(likeness=TrigramSimilarity("title", case.title))
        .filter(likeness__gte=LIKE)
        .select_related("agency")
        .order_by("-likeness", "-id")[:limit]
    )
