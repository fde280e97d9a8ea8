"""An account is forgotten, and what it left on the cases of others."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.accounts.selectors import proved_emails
from tanggap.accounts.services.erase_person import erase_person
from tanggap.cases.services.erase_traces import erase_traces


@transaction.atomic
def erase_account(*, person_id: int, actor: Actor, now: datetime) -> Person:
    """By the clock alone; an account that ever held a post is left as it is. Raises Forbidden."""
    emails = proved_emails(person_id)
    person = erase_person(person_id=person_id, actor=actor, now=now)
    if person.erased_at is not None:
        erase_traces(person_id=person_id, emails=emails, now=now)
    return person
