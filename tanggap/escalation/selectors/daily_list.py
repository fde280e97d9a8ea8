"""What a regional secretary finds in the morning: late cases by unit, letters, orders; counted by the same policies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to
from tanggap.cases.workflow import State
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.letters.access import letters_visible_to
from tanggap.escalation.letters.instructions import instructions_visible_to
from tanggap.escalation.models import Letter

# What the office itself owes; a reporter's window that passes is nobody's delay.
OWED = (State.UNVERIFIED.value, State.FORWARDED.value, State.IN_PROGRESS.value)


@dataclass(frozen=True, slots=True)
class UnitLate:
    """How many cases of one unit are late."""

    name: str
    late: int


@dataclass(frozen=True, slots=True)
class DailyList:
    """The list of one day."""

    day: date
    late: int
    units: list[UnitLate]
    issued: int
    waiting: int
    orders: int
    overdue_orders: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write about."""
        return not (self.late or self.issued or self.waiting or self.orders)


def late_cases(actor: Actor, *, now: datetime) -> QuerySet[Case]:
    """The late cases the actor may see, longest late first; imported ones nobody touched are history."""
    owed = cases_visible_to(actor).filter(due_at__lt=now, state__in=OWED, dormant=False)
    return owed.select_related("agency__body", "region").order_by("due_at", "id")


def daily_list(actor: Actor, body: Agency, *, now: datetime) -> DailyList:
    """The list for one secretary: since yesterday's opening for letters, everything open for the rest."""
    day = calendar_of(body.pk).local_date(now)
    late = late_cases(actor, now=now)
    rows = late.order_by().values("agency__name").annotate(n=Count("id")).order_by("-n", "agency__name")
    units = [UnitLate(row["agency__name"], row["n"]) for row in rows]
    letters = letters_visible_to(actor).filter(agency=body)
    orders = instructions_visible_to(actor).filter(done_at__isnull=True)
    return DailyList(
        day=day,
        late=sum(unit.late for unit in units),
        units=units,
        issued=letters.filter(state=Letter.State.ISSUED, issued_at__gt=now - timedelta(days=1)).count(),
        waiting=letters.filter(state=Letter.State.WAITING).count(),
        orders=orders.count(),
        overdue_orders=orders.filter(due_on__lt=day).count(),
    )
