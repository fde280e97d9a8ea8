"""A citizen keeps the account after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import refuse
from tanggap.accounts.recording import lock_person, record_about
from tanggap.cases.models import Erasure


@transaction.atomic
def cancel_account_erasure(*, actor: Actor, now: datetime) -> bool:
    """Call the wish back; False where there is none. Raises Forbidden."""
    if actor.person_id is None:
        raise refuse()
    person = lock_person(actor.person_id)
    waiting = Erasure.objects.filter(person=person, cancelled_at__isnull=True, done_at__isnull=True)
    if not waiting.update(cancelled_at=now):
        return False
    record_about(person, "person.erasure_cancelled", actor=actor, at=now)
    return True
