"""A message that waits for a person is heard once more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.channels.models import Inbound, InboundState
from tanggap.channels.policies import check_answers, inbound_visible_to
from tanggap.channels.services.keep_inbound import QUEUE, TASK
from tanggap.common.errors import Forbidden, Refused
from tanggap.common.jobs import wake_after_commit
from tanggap.ledger.services.record import record


@transaction.atomic
def retry_inbound(*, inbound_id: int, actor: Actor, now: datetime) -> Inbound:
    """Put it back into the line, as if it had just come. Raises Forbidden, Refused (no longer waiting)."""
    row = lock_stuck(inbound_id, actor)
    row.state, row.reason, row.attempts = InboundState.NEW, "", 0
    row.retry_at = row.done_at = None
    row.save(update_fields=["state", "reason", "attempts", "retry_at", "done_at"])
    record("inbound.retried", stream=f"inbound:{row.pk}", actor=actor.key, at=now, react=False)
    wake_after_commit(task=TASK, queue=QUEUE, channel=row.channel)
    return row


def lock_stuck(inbound_id: int, actor: Actor) -> Inbound:
    """The message, locked until commit. Raises Forbidden where the actor sees none, Refused where it waits no more."""
    check_answers(actor)
    row = inbound_visible_to(actor).select_for_update(of=("self",)).filter(pk=inbound_id).first()
    if row is None:
        raise Forbidden(_("Percakapan atau pesan ini tidak ada."))
    if row.state != InboundState.STUCK:
        raise Refused(_("Pesan ini sudah ditangani. Tidak ada yang diubah."), code="not_waiting")
    return row
