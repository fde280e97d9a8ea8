"""Close an officer's account and hand over what was on the desk."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.accounts.services.deactivate_person import deactivate_person
from tanggap.cases.handover import hand_over, open_assignments


@transaction.atomic
def deactivate_officer(*, person_id: int, successor: Person | None, actor: Actor, now: datetime) -> tuple[int, int]:
    """End sessions, posts and account; the numbers of cases handed to the successor and returned to their unit.

    Raises what `deactivate_person` raises, and Invalid when open cases need a successor.
    """
    deactivate_person(person_id=person_id, actor=actor, now=now)
    if successor is not None and successor.pk == person_id:
        successor = None
    return hand_over(open_assignments(person_id), successor=successor, actor=actor, now=now)
