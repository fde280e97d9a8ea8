"""The agency says: this is ours and we are at it. No clock stops for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.workflow import Action


@transaction.atomic
def accept_case(*, tracking_id: str, actor: Actor, now: datetime) -> Case:
    """`forwarded` → `in_progress`; accepting again changes nothing but is recorded. Raises Forbidden, Refused."""
    case = lock_case(tracking_id)
    authorize(actor, Action.ACCEPT, case)
    case.state = advanced(case, Action.ACCEPT)
    save_case(case, "case.accepted", actor=actor, at=now)
    return case
