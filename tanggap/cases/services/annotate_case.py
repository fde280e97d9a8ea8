"""An internal note: officers read it, neither the reporter nor the public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.noting import add_note
from tanggap.cases.policies import authorize
from tanggap.cases.recording import lock_case
from tanggap.cases.workflow import Action


@transaction.atomic
def annotate_case(*, tracking_id: str, text: str, actor: Actor, now: datetime) -> Case:
    """Add a note in any state. Raises Forbidden, Invalid (nothing written)."""
    case = lock_case(tracking_id)
    authorize(actor, Action.ANNOTATE, case)
    add_note(case, text, actor=actor, at=now)
    return case
