"""A reviewed period is shown to everybody."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.evaluation.models import RankedPeriod
from tanggap.evaluation.ranking.steps import Step
from tanggap.evaluation.stepping import stepped
from tanggap.ledger.services.record import record


@transaction.atomic
def publish_period(*, name: str, actor: Actor, now: datetime) -> RankedPeriod:
    """Publish a reviewed period."""
    period = stepped(name, Step.PUBLISH, actor)
    period.published_at = now
    period.save(update_fields=["state", "published_at"])
    record("period.published", stream=period.stream, actor=actor.key, at=now, react=False)
    return period
