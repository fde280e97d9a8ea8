"""Workload per unit, for those who look after several."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors import alarmed_units, units_without_liaison
from tanggap.common.clock import now
from tanggap.console import figures
from tanggap.console.access import OVERSEES_UNITS, actor_of, own_agency, own_calendar, with_role
from tanggap.console.pages import page
from tanggap.console.queues import midnight, row_of
from tanggap.directory.models import Agency

MOST_VACANT, MOST_LATE = 30, 20


@with_role(*OVERSEES_UNITS)
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """`/kerja/unit/`: who has how much, which units nobody answers for, what is late."""
    actor, moment = actor_of(request), now()
    calendar = own_calendar(actor)
    vacant = _vacant(actor, moment.astimezone(calendar.zone).date())
    loads = figures.loads_of(actor, now=moment, midnight=midnight(moment, calendar))
    late = list(figures.late_cases(actor, moment)[:MOST_LATE])
    values = {
        "loads": loads,
        "desks": figures.desks_of(actor, now=moment),
        "busiest": max((load.open for load in loads), default=0),
        "vacant": vacant[:MOST_VACANT],
        "more_vacant": max(len(vacant) - MOST_VACANT, 0),
        "late": [row_of(case, now=moment) for case in late],
        "zone": calendar.zone,
        "now": moment,
        "hands_over": actor.has_role(Role.COORDINATOR),
        "invites": actor.has_role(Role.COORDINATOR, Role.NATIONAL_ADMIN),
    }
    return page(request, "unit.html", values, here="console:units")


def _vacant(actor: Actor, on: date) -> list[Agency]:
    """Units without a liaison officer: a coordinator's alarm, the others' information about the own body."""
    if actor.has_role(Role.COORDINATOR):
        return list(alarmed_units(actor, on=on)[: MOST_VACANT + 500])
    agency = own_agency(actor)
    return list(units_without_liaison(agency, on=on)[: MOST_VACANT + 500]) if agency.body_id else []
