"""The reporter changes their mind within the waiting period."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Erasure
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.workflow import Action


@transaction.atomic
def cancel_erasure(*, tracking_id: str, actor: Actor, now: datetime) -> bool:
    """Call the wish back; False where there is none. Raises Forbidden."""
    case = lock_case(tracking_id)
    authorize(actor, Action.ASK_ERASURE, case)
    advanced(case, Action.ASK_ERASURE)
    waiting = Erasure.objects.filter(case=case, cancelled_at__isnull=True, done_at__isnull=True)
    if not waiting.update(cancelled_at=now):
        return False
    record_only(case, "case.erasure_cancelled", actor=actor, at=now)
    return True
