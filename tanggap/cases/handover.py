"""Open cases of an officer who leaves: to the successor where that is possible, else back to the unit."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor, actor_for
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Person
from tanggap.cases.models import Assignment
from tanggap.cases.policies import standings
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.workflow import ENDED, Action, may
from tanggap.common.errors import Invalid


def open_assignments(person_id: int, *, below: str = "/") -> QuerySet[Assignment]:
    """The cases not yet ended that were given to a person, at agencies below a path."""
    given = Assignment.objects.filter(person_id=person_id, case__agency__path__startswith=below)
    return given.exclude(case__state__in=[state.value for state in ENDED]).select_related("case").order_by("case_id")


def hand_over(
    assignments: QuerySet[Assignment], *, successor: Person | None, actor: Actor, now: datetime
) -> tuple[int, int]:
    """Give each case to the successor; the numbers handed over and returned to the unit.

    A case the successor may not handle, such as one about themselves, goes back to the unit without a word: naming
    it would tell them of it. Raises Invalid when there are open cases and no active successor.
    """
    rows = list(assignments)
    if not rows:
        return 0, 0
    if successor is None or not successor.is_active:
        raise Invalid(
            _("Masih ada %(n)s laporan terbuka pada petugas ini. Pilih penggantinya.") % {"n": len(rows)},
            field="successor",
            code="successor_needed",
        )
    acting = actor_for(successor, on=local_day(now))
    given = sum(_pass_on(row, successor, acting, actor, now) for row in rows)
    return given, len(rows) - given


def _pass_on(row: Assignment, successor: Person, acting: Actor, actor: Actor, now: datetime) -> bool:
    case = lock_case(row.case.tracking_id)
    leaving = f"person:{row.person_id}"
    if not may(Action.ACCEPT, standings(acting, case)):
        row.delete()
        record_only(case, "case.unassigned", actor=actor, at=now, data={"person": leaving})
        return False
    row.person, row.assigned_at, row.assigned_by_key = successor, now, actor.key
    row.save(update_fields=["person", "assigned_at", "assigned_by_key"])
    record_only(case, "case.assigned", actor=actor, at=now, data={"to": successor.key, "instead_of": leaving})
    return True
