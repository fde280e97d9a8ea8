"""A second person has looked at a period's figures and ranking."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Refused
from tanggap.evaluation.models import RankedPeriod
from tanggap.evaluation.ranking.steps import Step
from tanggap.evaluation.stepping import stepped
from tanggap.ledger.services.record import record


@transaction.atomic
def review_period(*, name: str, actor: Actor, now: datetime) -> RankedPeriod:
    """Mark a computed period as reviewed. Raises Refused for whoever had it computed: four eyes."""
    period = stepped(name, Step.REVIEW, actor)
    if actor.kind != "operator" and actor.key == period.requested_by_key:
        raise Refused(
            _("Anda yang meminta masa ini dihitung; orang lain yang memeriksanya. Tidak ada yang diubah."),
            code="four_eyes",
        )
    period.reviewed_by_key, period.reviewed_at = actor.key, now
    period.save(update_fields=["state", "reviewed_by_key", "reviewed_at"])
    record("period.reviewed", stream=period.stream, actor=actor.key, at=now, react=False)
    return period
