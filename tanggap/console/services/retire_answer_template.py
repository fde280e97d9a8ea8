"""A text leaves the library; its history stays in the ledger."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import refuse
from tanggap.console.library import may_edit
from tanggap.console.models import AnswerTemplate
from tanggap.ledger.services.record import record


@transaction.atomic
def retire_answer_template(*, template: AnswerTemplate, actor: Actor, now: datetime) -> None:
    """Take it off the lists; a second call changes nothing. Raises Forbidden."""
    if not may_edit(actor, template.agency):
        raise refuse()
    if not AnswerTemplate.objects.filter(pk=template.pk, retired_at__isnull=True).update(retired_at=now):
        return
    record("answer_template.retired", stream=template.stream, actor=actor.key, at=now, data={}, react=False)
