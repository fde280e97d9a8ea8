"""Agencies whose officers stay away: nobody who answers there has signed in for two weeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from tanggap.accounts.models import Delegation, Membership
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors.posts import active_on, active_posts
from tanggap.directory.models import Agency

# Keputusan Tanggap: two weeks. No regulation names a number, and no clock of a case hangs on it.
QUIET_FOR = timedelta(days=14)
ANSWERS = (Role.LIAISON_OFFICER,)
WORKS = (Role.LIAISON_OFFICER, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Quiet:
    """An agency and since when nobody came; `last_seen_on` is None where nobody ever did."""

    agency_id: int
    since: date
    last_seen_on: date | None
    officers: int


def quiet_units(*, on: date, within: Iterable[str] | None = None, limit: int) -> list[Quiet]:
    """Units and bodies whose own liaison officers all stayed away, the longest first; `within` are paths."""
    posts = _posts(on, ANSWERS)
    if within is not None:
        inside = Q(pk__in=[])
        for path in within:
            inside |= Q(agency__path__startswith=path)
        posts = posts.filter(inside)
    return _quiet(posts, "agency_id", on, limit)


def quiet_bodies(*, on: date, limit: int) -> list[Quiet]:
    """Governments and national bodies in which no officer and no coordinator came, the longest first."""
    return _quiet(_posts(on, WORKS).filter(agency__body__isnull=False), "agency__body_id", on, limit)


def _posts(on: date, roles: tuple[Role, ...]) -> QuerySet[Membership]:
    here = Agency.Status.ACTIVE
    return active_posts(on).filter(role__in=roles, agency__status=here, agency__external=False).order_by()


def _quiet(posts: QuerySet[Membership], column: str, on: date, limit: int) -> list[Quiet]:
    """One GROUP BY. A new post counts from its first day; while a colleague stands in, it is the colleague who came."""
    came = Delegation.objects.filter(
        active_on(on), membership=OuterRef("pk"), to_person__last_seen_on__gt=on - QUIET_FOR
    )
    rows: Any = posts.values(agency_key=F(column)).annotate(
        since=Max(Greatest("starts_on", Coalesce("person__last_seen_on", "starts_on"))),
        seen=Max("person__last_seen_on"),
        officers=Count("person_id", distinct=True),
        stand_ins=Count("pk", filter=Q(Exists(came))),
    )
    found = rows.filter(since__lte=on - QUIET_FOR, stand_ins=0).order_by("since", "agency_key")[:limit]
    return [Quiet(row["agency_key"], row["since"], row["seen"], row["officers"]) for row in found]
