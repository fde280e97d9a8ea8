"""Which briefs somebody wants by message."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Forbidden
from tanggap.evaluation.models import BriefWish
from tanggap.ledger.services.record import record


@transaction.atomic
def set_brief_wish(*, weekly: bool, monthly: bool, actor: Actor, now: datetime) -> BriefWish:
    """Turn the weekly and the monthly letter on or off for oneself; the page stays open. Raises Forbidden without a
    post."""
    if actor.person_id is None or not actor.is_staff:
        raise Forbidden(_("Halaman ini hanya untuk petugas."))
    wish, _made = BriefWish.objects.update_or_create(
        person_id=actor.person_id, defaults={"weekly": weekly, "monthly": monthly}
    )
    data = {"weekly": weekly, "monthly": monthly}
    record("person.brief_wished", stream=actor.key, actor=actor.key, at=now, data=data, react=False)
    return wish
