"""Units that nobody answers for."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors.posts import active_posts
from tanggap.directory.models import Agency


def units_without_liaison(body: Agency, *, on: date) -> QuerySet[Agency]:
    """The active units below `body` without an active liaison officer, by code."""
    return _without_liaison(Q(path__startswith=body.path), on)


def alarmed_units(actor: Actor, *, on: date) -> QuerySet[Agency]:
    """The same for every subtree the actor coordinates: the alarm of a coordinator, and its count."""
    inside = Q(pk__in=[])
    for grant in actor.grants_of(Role.COORDINATOR):
        inside |= Q(path__startswith=grant.path)
    return _without_liaison(inside, on)


def _without_liaison(inside: Q, on: date) -> QuerySet[Agency]:
    units = Agency.objects.filter(inside, status=Agency.Status.ACTIVE, external=False, body__isnull=False)
    answered_for = active_posts(on).filter(agency=OuterRef("pk"), role=Role.LIAISON_OFFICER).order_by()
    return units.exclude(body=F("pk")).filter(~Exists(answered_for)).select_related("body").order_by("code")
