"""Who has not asked its people within the year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Min

from tanggap.accounts.roles import Role
from tanggap.accounts.selectors.posts import active_posts
from tanggap.directory.models import Agency
from tanggap.surveys.models import Service, SurveyReminder
from tanggap.surveys.rules import policy_on


@dataclass(frozen=True, slots=True)
class Overdue:
    """A body with services not surveyed for a year, or with a coordinator for a year and no service at all."""

    body_id: int
    services: tuple[str, ...]
    """Their names; empty where none was registered."""
    since: date
    """The day from which the oldest of them counts."""


def overdue_bodies(*, on: date, limit: int) -> list[Overdue]:
    """The bodies to be reminded on a day, the longest waiting first.

    Only those with a coordinator of their own, who can do something; none that was reminded within the year. Four
    statements. Years before the policy's `counted_from` do not count: nobody could have run a survey here.
    """
    policy = policy_on(on)
    limit_day = on - timedelta(days=policy.due_every_days)
    posts = active_posts(on).filter(role=Role.COORDINATOR, agency__status=Agency.Status.ACTIVE, agency__external=False)
    bodies = posts.exclude(agency__kind__in=(Agency.Kind.UNIT, Agency.Kind.NATION)).order_by()
    begun = bodies.values_list("agency").annotate(since=Min("starts_on"))
    told = set(SurveyReminder.objects.filter(on__gt=limit_day).values_list("body_id", flat=True))
    waiting = {pk: max(since, policy.counted_from) for pk, since in begun if pk not in told}
    found = _overdue(waiting, policy.counted_from, limit_day)
    return sorted(found, key=lambda one: (one.since, one.body_id))[:limit]


def _overdue(waiting: dict[int, date], counted_from: date, limit_day: date) -> Iterator[Overdue]:
    active = Service.objects.filter(
        ended_on__isnull=True, agency__body__in=list(waiting), agency__status=Agency.Status.ACTIVE
    )
    rows = active.annotate(asked=Max("surveys__last")).values_list("agency__body", "name", "made_on", "asked")
    services: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for body_id, name, made_on, asked in rows.order_by("name"):
        if body_id is not None:
            services[body_id].append((max(asked or made_on, counted_from), name))
    for body_id, begun in waiting.items():
        late = [(since, name) for since, name in services[body_id] if since <= limit_day]
        if late:
            yield Overdue(body_id, tuple(name for _since, name in late), min(late)[0])
        elif not services[body_id] and begun <= limit_day:
            yield Overdue(body_id, (), begun)
