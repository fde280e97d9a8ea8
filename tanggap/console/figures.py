"""Numbers for coordinators and leaders: of the own body only, each by one bounded statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.cases.models import Assignment, Case
from tanggap.cases.policies import cases_visible_to
from tanggap.cases.workflow import State
from tanggap.directory.models import Agency

MOST_UNITS = 500
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Load:
    """What one unit has on its desk."""

    agency: Agency
    open: int
    late: int
    today: int
    oldest_due: datetime | None


def bodies_of(actor: Actor) -> list[int]:
    """The governments or national bodies of the actor's posts; none at the root, which belongs to no body."""
    return sorted({grant.body_id for grant in actor.grants if grant.body_id is not None})


def open_cases(actor: Actor) -> QuerySet[Case]:
    """The open cases of the own bodies; for a post at the root those nobody was named for yet."""
    bodies = bodies_of(actor)
    mine = Q(body_id__in=bodies) if bodies else Q(body_id__isnull=True)
    return cases_visible_to(actor).filter(mine, due_at__isnull=False)


def loads_of(actor: Actor, *, now: datetime, midnight: datetime) -> list[Load]:
    """The workload of each unit that has any, the latest first. One GROUP BY over the own body."""
    waiting = ~Q(state__in=[State.ON_HOLD, State.ANSWERED])
    rows = list(
        open_cases(actor)
        .order_by()
        .values("agency_id")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=waiting & Q(due_at__lt=now)),
            today=Count("pk", filter=waiting & Q(due_at__gte=now, due_at__lt=midnight)),
            oldest_due=Min("due_at", filter=waiting & Q(due_at__lt=now)),
        )
        .order_by("-late", "-open", "agency_id")[:MOST_UNITS]
    )
    agencies = Agency.objects.in_bulk([row["agency_id"] for row in rows])
    return [Load(agencies[row["agency_id"]], row["open"], row["late"], row["today"], row["oldest_due"]) for row in rows]


@dataclass(frozen=True)
class DeskLoad:
    """What one officer was given."""

    person: Person
    open: int
    late: int


def assigned_to(people: Iterable[Person], actor: Actor) -> dict[int, int]:
    """How many open cases each was given, of those the actor sees; people without any are left out."""
    rows = _assigned(actor).filter(person__in=[one.pk for one in people]).values("person_id").annotate(n=Count("pk"))
    return {row["person_id"]: row["n"] for row in rows.order_by()}


def desks_of(actor: Actor, *, now: datetime) -> list[DeskLoad]:
    """The open cases of the own bodies by the officer they were given to, most late first."""
    waiting = ~Q(case__state__in=[State.ON_HOLD, State.ANSWERED])
    rows = list(
        _assigned(actor)
        .order_by()
        .values("person_id")
        .annotate(open=Count("pk"), late=Count("pk", filter=waiting & Q(case__due_at__lt=now)))
        .order_by("-late", "-open", "person_id")[:MOST_UNITS]
    )
    people = Person.objects.in_bulk([row["person_id"] for row in rows])
    return [DeskLoad(people[row["person_id"]], row["open"], row["late"]) for row in rows]


def _assigned(actor: Actor) -> QuerySet[Assignment]:
    return Assignment.objects.filter(case__in=open_cases(actor))


def _scope(actor: Actor) -> QuerySet[Case]:
    bodies = bodies_of(actor)
    cases = cases_visible_to(actor)
    return cases.filter(body_id__in=bodies) if bodies else cases


def late_cases(actor: Actor, now: datetime) -> QuerySet[Case]:
    """What is over its limit and waits for an office, longest first."""
    return (
        _scope(actor)
        .filter(due_at__lt=now)
        .exclude(state__in=[State.ON_HOLD, State.ANSWERED])
        .select_related("agency__body", "region", "category")
        .order_by("due_at", "id")
    )
