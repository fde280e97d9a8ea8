"""Cases that may be the same matter: a person decides, never a machine."""

from __future__ import annotations

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, FloatField, Func, QuerySet, Value
from django.db.models.functions import Greatest

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to, public_cases
from tanggap.cases.workflow import State
from tanggap.directory.models import Region

NEWEST = 2000
LIKE = 0.3
WORDS_COMPARED = 400
"""Letters of a story that are compared: its beginning says what it is about."""
DISTRICT = 3
"""Parts of a district's code."""


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


def similar_public_cases(*, title: str, text: str, region: Region, limit: int = 3) -> list[Case]:
    """Open public cases of the same district whose titles sound like what is being written, most alike first.

    Of the newest two thousand there. A whole province is no place to compare in. Anonymous cases are left out as of
    every list: whoever knows one of the people should not meet the report by its words.
    """
    code = ".".join(region.pk.split(".")[:DISTRICT])
    if "." not in code:
        return []
    places = list(Region.objects.filter(code__startswith=f"{code}.").values_list("pk", flat=True))
    newest = (
        public_cases()
        .filter(region__in=[code, *places], anonymous=False, guarded=False)
        .exclude(state__in=[State.ARCHIVED, State.CLOSED])
        .order_by("-received_at", "-id")
        .values("pk")[:NEWEST]
    )
    said = Value(" ".join(text.split())[:WORDS_COMPARED])
    heard = Func(F("title"), said, function="WORD_SIMILARITY", output_field=FloatField())
    likeness = Greatest(heard, TrigramSimilarity("title", title))
    found = Case.objects.filter(pk__in=newest).annotate(likeness=likeness).filter(likeness__gte=LIKE)
    return list(found.select_related("agency__body", "region").order_by("-likeness", "-id")[:limit])
