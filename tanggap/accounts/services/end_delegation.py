"""Taking a lent post back before its day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.ending import end_before
from tanggap.accounts.models import Delegation
from tanggap.accounts.policies import may_lend, refuse
from tanggap.accounts.recording import lock_person, post_data, record_about
from tanggap.common.errors import Refused


@transaction.atomic
def end_delegation(*, delegation_id: int, actor: Actor, now: datetime) -> Delegation:
    """End it at once: by the holder, by whoever stands in, or by whoever may appoint to the post.

    Raises Forbidden, Refused when it has ended.
    """
    delegation = Delegation.objects.select_related("membership__agency").filter(pk=delegation_id).first()
    if delegation is None:
        raise refuse()
    membership = delegation.membership
    if delegation.to_person_id != actor.person_id and not may_lend(actor, membership):
        raise refuse()
    holder = lock_person(membership.person_id)
    delegation.refresh_from_db(fields=["ends_on"])
    today = local_day(now)
    if delegation.ends_on < today:
        raise Refused(_("Titipan ini sudah berakhir. Tidak ada yang diubah."), code="ended")
    end_before(delegation, today)
    data = {**post_data(membership), "delegation": delegation.pk}
    record_about(holder, "person.post_lent_ended", actor=actor, at=now, data=data)
    return delegation
