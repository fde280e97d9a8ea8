"""Who is called when something is urgent, at any hour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Q, QuerySet

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.models import OnCallShift, Person
from tanggap.accounts.policies import governs_everything
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors.posts import active_posts, holders_of
from tanggap.directory.models import Agency

# Only they can verify, and only whoever can verify may open a case that nobody has verified yet.
VERIFIES = (Role.COORDINATOR, Role.NATIONAL_ADMIN, Role.INSPECTOR)


def on_call(agency: Agency, *, at: datetime) -> list[Person]:
    """Whose turn it is for an agency: at the nearest level that has a shift, else its coordinators, else the nation."""
    return next(iter(on_call_in_turn(agency, at=at)), [])


def on_call_in_turn(agency: Agency, *, at: datetime) -> Iterator[list[Person]]:
    """The same people in the order in which they are asked: for callers who must pass some of them over."""
    on = local_day(at)
    levels = list(reversed(lineage(agency)))
    shifts = list(
        OnCallShift.objects.filter(
            agency_id__in=levels, starts_at__lte=at, ends_at__gt=at, person__is_active=True
        ).select_related("person")
    )
    for level in levels:
        yield from _some(shift.person for shift in shifts if shift.agency_id == level)
    for role in (Role.COORDINATOR, Role.NATIONAL_ADMIN):
        yield from _some(holder.person for holder in holders_of(role, agency, on=on))


def _some(people: Iterable[Person]) -> Iterator[list[Person]]:
    found = list({person.pk: person for person in people if person.is_active}.values())
    if found:
        yield sorted(found, key=lambda person: person.pk)


def lineage(agency: Agency) -> list[int]:
    """The agency and every level above it, from the root down."""
    return [int(part) for part in agency.path.strip("/").split("/")]


def may_take_shifts(agency: Agency, *, on: date) -> QuerySet[Person]:
    """Who can be put on call for an agency: people in a verifying post there, above it or below it."""
    near = Q(agency_id__in=lineage(agency)) | Q(agency__path__startswith=agency.path)
    posts = active_posts(on).filter(near, role__in=VERIFIES).order_by()
    return Person.objects.filter(pk__in=posts.values("person_id")).order_by("name", "pk")


def shifts_governed_by(actor: Actor, *, at: datetime) -> QuerySet[OnCallShift]:
    """The present and coming shifts of the agencies whose people the actor looks after, earliest first."""
    shifts = OnCallShift.objects.filter(ends_at__gt=at).select_related("agency__body", "person")
    if not governs_everything(actor):
        inside = Q(pk__in=[])
        for grant in actor.grants_of(Role.COORDINATOR):
            inside |= Q(agency__path__startswith=grant.path)
        shifts = shifts.filter(inside)
    return shifts.order_by("starts_at", "pk")
