"""Whoever wrote under a post says in private that it was they, and that it is meant as a report."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.workflow import Action


@transaction.atomic
def confirm_sender(*, tracking_id: str, actor: Actor, now: datetime) -> Case:
    """Take the mark "unconfirmed" off; twice changes nothing. Raises Forbidden: nobody but the reporter can."""
    case = lock_case(tracking_id)
    authorize(actor, Action.CONFIRM_SENDER, case)
    if case.unconfirmed:
        case.unconfirmed = False
        save_case(case, "case.sender_confirmed", actor=actor, at=now)
    return case
