"""An internal note: officers read it, neither the reporter nor the public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case, MessageKind
from tanggap.cases.policies import authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.texts import clean_text, write_message
from tanggap.cases.workflow import Action


@transaction.atomic
def annotate_case(*, tracking_id: str, text: str, actor: Actor, now: datetime) -> Case:
    """Add a note in any state. Raises Forbidden, Invalid (nothing written)."""
    case = lock_case(tracking_id)
    authorize(actor, Action.ANNOTATE, case)
    note = write_message(case, MessageKind.NOTE, clean_text(text, field="note"), actor=actor, at=now)
    record_only(case, "case.annotated", actor=actor, at=now, data={"message": note.pk})
    return case
