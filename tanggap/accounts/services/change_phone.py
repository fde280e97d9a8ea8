"""The number an officer signs in with besides the e-mail address."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.accounts.policies import refuse
from tanggap.accounts.recording import lock_person, record_about
from tanggap.common.contacts import normalize_phone
from tanggap.common.errors import Invalid, Refused


@transaction.atomic
def change_phone(*, phone: str, actor: Actor, now: datetime) -> Person:
    """Set or, with an empty text, drop one's own number. It stays unverified until codes can be sent by SMS.

    Officers only, until then: a citizen could otherwise learn whether a number has an account.
    Raises Forbidden, Invalid for a number that is none, Refused when it cannot be used.
    """
    if actor.person_id is None or not actor.is_staff:
        raise refuse()
    number = normalize_phone(phone) if phone.strip() else None
    if phone.strip() and number is None:
        raise Invalid(_("Tulis nomor telepon lengkap, misalnya 0812 3456 7890."), field="phone", code="phone")
    person = lock_person(actor.person_id)
    if number is None and person.email is None:
        raise Refused(_("Akun ini masuk dengan nomor itu; ia tidak dapat dihapus."), code="only_name")
    person.phone, person.phone_verified = number, False
    try:
        with transaction.atomic():
            person.save(update_fields=["phone", "phone_verified"])
    except IntegrityError as error:
        raise Refused(_("Nomor itu tidak dapat dipakai untuk akun ini."), code="phone_taken") from error
    record_about(person, "person.phone_changed", actor=actor, at=now, data={"set": number is not None})
    return person
