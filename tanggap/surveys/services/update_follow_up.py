"""How far a promise of the plan got."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.common.errors import Invalid, NotFound
from tanggap.ledger.services.record import record
from tanggap.surveys.models import FollowUp
from tanggap.surveys.policies import check_may_run


@transaction.atomic
def update_follow_up(*, item_id: int, progress: int, note: str, actor: Actor, now: datetime) -> FollowUp:
    """Set its progress in per cent, with a sentence. Raises NotFound, Forbidden, Invalid."""
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("survey__service__agency")
    item = rows.filter(pk=item_id).first()
    if item is None:
        raise NotFound(_("Tidak ada rencana seperti itu."), code="no_follow_up")
    check_may_run(actor, item.survey.service.agency)
    words = note.replace("\x00", "").strip()
    if not 0 <= progress <= 100:
        raise Invalid(_("Kemajuan antara 0 dan 100 persen."), field="progress")
    if len(words) > 500:
        raise Invalid(_("Keterangan paling banyak 500 huruf."), field="note")
    item.progress, item.note, item.updated_on = progress, words, local_day(now)
    item.save(update_fields=["progress", "note", "updated_on"])
    data = {"item": item.pk, "progress": progress}
    record("follow_up.updated", stream=item.survey.stream, actor=actor.key, at=now, data=data, react=False)
    return item
