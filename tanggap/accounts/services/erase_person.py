"""A citizen's account is forgotten."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.accounts.policies import refuse
from tanggap.accounts.recording import lock_person, record_about
from tanggap.accounts.selectors import can_be_erased
from tanggap.accounts.sign_in.lockout import forgive
from tanggap.ledger.services.shred import shred


@transaction.atomic
def erase_person(*, person_id: int, actor: Actor, now: datetime) -> Person:
    """Leave a row without name, address, number, password and second factor: events go on naming it by key.

    By the clock alone. An account that holds or ever held a post is left as it is: who acted for an office is part
    of the public record. Raises Forbidden.
    """
    if actor.kind != "timer":
        raise refuse()
    person = lock_person(person_id)
    if not can_be_erased(person):
        return person
    forgive(person)
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    person.name, person.email, person.phone, person.phone_verified = "", None, None, False
    person.is_active, person.deactivated_at, person.erased_at = False, now, now
    person.last_seen_on = None
    person.set_unusable_password()
    person.save()
    shred(stream=person.key, actor=actor.key, now=now)
    record_about(person, "person.erased", actor=actor, at=now)
    return person
