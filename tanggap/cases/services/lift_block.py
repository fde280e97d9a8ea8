"""A block ends before its day."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs_everything
from tanggap.cases.models import IntakeBlock
from tanggap.common.errors import Forbidden, NotFound
from tanggap.ledger.services.record import record


@transaction.atomic
def lift_block(*, block_id: int, actor: Actor, now: datetime) -> None:
    """Let the source hand in again; a second time changes nothing. Raises Forbidden, NotFound."""
    if not governs_everything(actor):
        raise Forbidden(_("Halaman ini tidak ada."), code="forbidden")
    block = IntakeBlock.objects.select_for_update().filter(pk=block_id).first()
    if block is None:
        raise NotFound(_("Penahanan ini tidak ada."), code="no_block")
    if block.lifted_at is None:
        block.lifted_at = now
        block.save(update_fields=["lifted_at"])
        stream = f"intake-block:{block.pk}"
        record("intake.block_lifted", stream=stream, actor=actor.key, at=now, data={}, react=False)
