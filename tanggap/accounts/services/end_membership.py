"""Taking a post back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.ending import end_before, keep_one_national_admin
from tanggap.accounts.models import Membership
from tanggap.accounts.policies import may_appoint, refuse
from tanggap.accounts.recording import lock_person, post_data, record_about
from tanggap.common.errors import Refused


@transaction.atomic
def end_membership(*, membership_id: int, actor: Actor, now: datetime) -> Membership:
    """End the post at once; delegations of it end with it.

    Raises Forbidden outside the actor's reach, Refused when it has ended already or is the last national admin's.
    Whoever also hands over open cases calls `cases.services.end_post`.
    """
    membership = Membership.objects.select_related("agency").filter(pk=membership_id).first()
    if membership is None or not may_appoint(actor, role=membership.role, agency=membership.agency):
        raise refuse()
    person = lock_person(membership.person_id)
    membership.refresh_from_db(fields=["ends_on"])
    today = local_day(now)
    if membership.ends_on is not None and membership.ends_on < today:
        raise Refused(_("Pos ini sudah berakhir. Tidak ada yang diubah."), code="ended")
    keep_one_national_admin([membership], now)
    end_before(membership, today)
    record_about(person, "person.post_ended", actor=actor, at=now, data=post_data(membership))
    return membership
