"""Taking somebody off call."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import OnCallShift
from tanggap.accounts.policies import governs, refuse
from tanggap.accounts.recording import record_about
from tanggap.common.errors import Refused


@transaction.atomic
def remove_shift(*, shift_id: int, actor: Actor, now: datetime) -> None:
    """A coming shift goes, a running one ends at once; who was on call when stays in the ledger.

    Raises Forbidden outside the actor's reach, Refused for one that is over.
    """
    shift = OnCallShift.objects.select_for_update().filter(pk=shift_id).first()
    if shift is None or not governs(actor, shift.agency):
        raise refuse()
    if shift.ends_at <= now:
        raise Refused(_("Giliran jaga ini sudah selesai. Tidak ada yang diubah."), code="over")
    facts = {"shift": shift.pk, "agency": shift.agency.code}
    if shift.starts_at >= now:
        shift.delete()
    else:
        shift.ends_at = now
        shift.save(update_fields=["ends_at"])
    record_about(shift.person, "person.on_call_removed", actor=actor, at=now, data=facts)
