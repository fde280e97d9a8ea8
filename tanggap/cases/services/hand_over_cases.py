"""An officer's open cases go to a colleague: leave, illness, another desk."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.accounts.policies import refuse
from tanggap.cases.handover import hand_over, open_assignments
from tanggap.cases.policies import cases_visible_to, standings
from tanggap.cases.workflow import Action, may


@transaction.atomic
def hand_over_cases(*, leaving: Person, successor: Person, actor: Actor, now: datetime) -> tuple[int, int]:
    """Numbers handed over and given back to the unit; one's own cases, or those of others the actor may assign.

    A case the successor may not handle goes back to the unit. Raises Forbidden (nothing of it is the actor's to
    give), Invalid (the successor is not active).
    """
    given = open_assignments(leaving.pk).filter(case__in=cases_visible_to(actor)).select_related("case__agency")
    ids = [row.pk for row in given if may(Action.ASSIGN, standings(actor, row.case))]
    if not ids and leaving.pk != actor.person_id:
        raise refuse()
    return hand_over(open_assignments(leaving.pk).filter(pk__in=ids), successor=successor, actor=actor, now=now)
