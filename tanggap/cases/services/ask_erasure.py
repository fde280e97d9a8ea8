"""The reporter asks to be forgotten in one case."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.contact_proofs import EMAIL, PHONE, Address
from tanggap.cases.identity import Contact, open_identity
from tanggap.cases.models import Erasure, Reporter, RetentionKind
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.retention import kept_for
from tanggap.cases.services.warn_contact import ERASING, warn_contact
from tanggap.cases.workflow import Action


@transaction.atomic
def ask_erasure(*, tracking_id: str, with_files: bool, actor: Actor, now: datetime, once: str = "") -> Erasure | None:
    """Put the wish down; it is carried out when the waiting period is over. Raises Forbidden.

    The reporter's address is told, once for each `once` however many cases are meant: somebody else may have asked.
    Asked twice it is one wish, with the files if either asked for them. None where it was carried out already.
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.ASK_ERASURE, case)
    advanced(case, Action.ASK_ERASURE)
    if Reporter.objects.filter(case=case, erased_at__isnull=False).exists():
        return None
    wish = Erasure.objects.filter(case=case, cancelled_at__isnull=True, done_at__isnull=True).first()
    if wish is not None:
        wish.with_files = wish.with_files or with_files
        wish.save(update_fields=["with_files"])
        return wish
    due = now + kept_for(RetentionKind.ERASURE_WAIT, now=now)
    wish = Erasure.objects.create(case=case, with_files=with_files, asked_at=now, due_at=due)
    contact = _address_of(open_identity(case))
    if contact is not None:
        warn_contact(contact=contact, what=ERASING, once=once or f"{wish.pk}", now=now)
    record_only(case, "case.erasure_asked", actor=actor, at=now, data={"due_at": due, "files": with_files})
    return wish


def _address_of(known: Contact) -> Address | None:
    if known.email:
        return Address(EMAIL, known.email)
    return Address(PHONE, known.phone) if known.phone else None
