"""A citizen asks for the own account to be forgotten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import refuse
from tanggap.accounts.recording import lock_person, record_about
from tanggap.accounts.selectors import can_be_erased
from tanggap.cases.contact_proofs import EMAIL, PHONE, Address
from tanggap.cases.models import Erasure, RetentionKind
from tanggap.cases.retention import kept_for
from tanggap.cases.services.warn_contact import ERASING, warn_contact
from tanggap.common.errors import Refused


@transaction.atomic
def ask_account_erasure(*, actor: Actor, now: datetime, once: str = "") -> Erasure:
    """Put the wish down; asked twice it is one. Raises Forbidden, Refused for whoever ever held a post."""
    if actor.person_id is None:
        raise refuse()
    person = lock_person(actor.person_id)
    if not can_be_erased(person):
        raise Refused(_("Akun petugas tidak dihapus: siapa bertindak untuk instansi tetap tercatat."), code="officer")
    wish = Erasure.objects.filter(person=person, cancelled_at__isnull=True, done_at__isnull=True).first()
    if wish is not None:
        return wish
    due = now + kept_for(RetentionKind.ERASURE_WAIT, now=now)
    wish = Erasure.objects.create(person=person, asked_at=now, due_at=due)
    contact = Address(EMAIL, person.email) if person.email else Address(PHONE, person.phone or "")
    warn_contact(contact=contact, what=ERASING, once=once or f"{wish.pk}", now=now)
    record_about(person, "person.erasure_asked", actor=actor, at=now, data={"due_at": due})
    return wish
