"""A published period changes no more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Refused
from tanggap.evaluation.models import RankedPeriod
from tanggap.evaluation.ranking.steps import Step
from tanggap.evaluation.stepping import stepped
from tanggap.evaluation.verifying import own_differences
from tanggap.ledger.services.record import record


@transaction.atomic
def freeze_period(*, name: str, actor: Actor, now: datetime) -> RankedPeriod:
    """Freeze a published period for ever. Raises Refused where it is not what its manifest says any more."""
    period = stepped(name, Step.FREEZE, actor)
    if next(own_differences(period), None) is not None:
        raise Refused(
            _("Masa ini tidak lagi sama dengan manifesnya. Jalankan tanggap verify-period, lalu hitung ulang."),
            code="differs",
        )
    period.frozen_at = now
    period.save(update_fields=["state", "frozen_at"])
    record(
        "period.frozen", stream=period.stream, actor=actor.key, at=now, data={"manifest": period.manifest}, react=False
    )
    return period
