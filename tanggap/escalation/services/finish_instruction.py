"""Saying that what was ordered is done, and what came of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Invalid, NotFound, Refused
from tanggap.escalation.letters.instructions import instruction_for, may_finish
from tanggap.escalation.models import Instruction
from tanggap.ledger.services.record import record

LONGEST = 2000


@transaction.atomic
def finish_instruction(*, instruction_id: int, outcome: str, actor: Actor, now: datetime) -> Instruction:
    """Close an instruction with its outcome.

    Raises NotFound where it is not the actor's, Refused when it is done already, Invalid without words.
    """
    found = instruction_for(actor, instruction_id)
    if not may_finish(actor, found):
        raise NotFound(_("Perintah ini tidak ada."), code="no_instruction")
    words = outcome.strip()[:LONGEST]
    if not words:
        raise Invalid(_("Tulis hasilnya: apa yang sudah dilakukan."), code="required", field="outcome")
    instruction = Instruction.objects.select_for_update().get(pk=found.pk)
    if instruction.done_at is not None:
        raise Refused(_("Perintah ini sudah dinyatakan selesai. Tidak ada yang diubah."), code="already_done")
    instruction.done_at, instruction.done_by_key, instruction.outcome = now, actor.key, words
    instruction.save(update_fields=["done_at", "done_by_key", "outcome"])
    late = instruction.due_on < now.date()
    record("instruction.done", stream=f"instruction:{found.pk}", actor=actor.key, at=now, data={"late": late})
    return instruction
