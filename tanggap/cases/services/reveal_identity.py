"""An officer asks to see who wrote: with a reason, recorded, told to the reporter, closed again after a while."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.identity import STAYS_OPEN, Contact, open_identity, refuse_if_pressed
from tanggap.cases.models import Reveal
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.texts import clean_text
from tanggap.cases.workflow import Action

LONGEST_REASON = 500


@transaction.atomic
def reveal_identity(*, tracking_id: str, reason: str, actor: Actor, now: datetime) -> tuple[Reveal, Contact | None]:
    """Open the identity of a named case; for an anonymous one only ask, until a second person agrees.

    Raises Forbidden, Refused (frozen after pressure on the reporter), Invalid (no reason).
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.REVEAL_IDENTITY, case)
    advanced(case, Action.REVEAL_IDENTITY)
    refuse_if_pressed(case)
    reason = clean_text(reason, field="reason", longest=LONGEST_REASON)
    reveal = Reveal(case=case, asked_by_key=actor.key, asked_at=now, reason=reason)
    if case.anonymous:
        reveal.save()
        record_only(case, "case.identity_asked", actor=actor, at=now, data={"reveal": reveal.pk, "reason": reason})
        return reveal, None
    reveal.approved_at, reveal.closes_at = now, now + STAYS_OPEN
    reveal.save()
    record_only(case, "case.identity_revealed", actor=actor, at=now, data={"reveal": reveal.pk, "reason": reason})
    return reveal, open_identity(case)
