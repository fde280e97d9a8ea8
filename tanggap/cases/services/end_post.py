"""Take a post back and hand over what was on its desk."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.accounts.services.end_membership import end_membership
from tanggap.cases.handover import hand_over, open_assignments


@transaction.atomic
def end_post(*, membership_id: int, successor: Person | None, actor: Actor, now: datetime) -> tuple[int, int]:
    """End one post; the numbers of its cases handed to the successor and returned to their unit.

    Raises what `end_membership` raises, and Invalid when open cases need a successor.
    """
    ended = end_membership(membership_id=membership_id, actor=actor, now=now)
    below = open_assignments(ended.person_id, below=ended.agency.path)
    return hand_over(below, successor=successor, actor=actor, now=now)
