"""A citizen corrects the own account."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.accounts.policies import refuse
from tanggap.accounts.recording import lock_person, record_about
from tanggap.common.errors import Refused


@transaction.atomic
def correct_person(
    *, actor: Actor, now: datetime, name: str = "", email: str = "", phone: str = ""
) -> tuple[Person, str]:
    """Set what is given; `email` and `phone` are proved to be the person's own by whoever calls.

    Returns the person and what stood in the changed address before. Officers' addresses are vouched for by their
    invitation and stay. Raises Forbidden, Refused when another account has the address: its owner is told so, nobody
    else, because the address was proved first.
    """
    if actor.person_id is None:
        raise refuse()
    person = lock_person(actor.person_id)
    if (email or phone) and person.memberships.exists():
        raise Refused(_("Alamat akun petugas diatur oleh instansinya."), code="officer")
    before = {"name": person.name, "email": person.email or "", "phone": person.phone or ""}
    given = {field: value for field, value in (("name", name), ("email", email), ("phone", phone)) if value}
    changed = sorted(field for field, value in given.items() if before[field] != value)
    if not changed:
        return person, ""
    for field in changed:
        setattr(person, field, given[field])
    person.phone_verified = person.phone_verified or "phone" in changed
    try:
        with transaction.atomic():
            person.save(update_fields=[*changed, "phone_verified"])
            if "email" in changed:
                EmailAddress.objects.filter(user=person).delete()
                EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    except IntegrityError as error:
        raise Refused(_("Alamat itu sudah dipakai akun lain."), code="taken") from error
    record_about(person, "person.corrected", actor=actor, at=now, data={"fields": changed})
    return person, next((before[field] for field in ("email", "phone") if field in changed), "")
