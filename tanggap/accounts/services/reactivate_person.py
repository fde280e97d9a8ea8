"""Opening a closed account again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.accounts.policies import governs_everything, refuse
from tanggap.accounts.recording import lock_person, record_about
from tanggap.common.errors import Refused


@transaction.atomic
def reactivate_person(*, person_id: int, actor: Actor, now: datetime) -> Person:
    """Open the account, without posts; its owner sets a password by the link of "forgotten password".

    National admins only. Raises Forbidden, Refused when it is open.
    """
    if not governs_everything(actor) or not Person.objects.filter(pk=person_id).exists():
        raise refuse()
    person = lock_person(person_id)
    if person.is_active:
        raise Refused(_("Akun ini sudah aktif. Tidak ada yang diubah."), code="active")
    person.is_active, person.deactivated_at = True, None
    person.save(update_fields=["is_active", "deactivated_at"])
    record_about(person, "person.reactivated", actor=actor, at=now)
    return person
