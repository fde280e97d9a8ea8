"""The figures and ranking of a period as of a moment, with the manifest that vouches for them."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import transaction

from tanggap.common.crypto import sign
from tanggap.evaluation.freezing import Gathered, gather
from tanggap.evaluation.models import PeriodContent, PeriodHeads, RankedPeriod
from tanggap.evaluation.periods import Period
from tanggap.evaluation.ranking.manifest import manifest_of
from tanggap.evaluation.services.fold_everything import fold_everything
from tanggap.ledger.services.record import record


def compute_period(
    *, period_id: int, now: datetime, progress: Callable[[str], object] = lambda _line: None
) -> RankedPeriod | None:
    """Compute a period that was asked for; None where it was computed meanwhile. May run twice.

    Reading comes first and in a transaction of its own, in which everything is seen as of one moment: nobody waits
    for it. Only then is the period locked and written.
    """
    wanted = RankedPeriod.objects.filter(pk=period_id, state=RankedPeriod.State.REQUESTED).first()
    if wanted is None:
        return None
    fold_everything(now=now, progress=progress)
    gathered = gather(Period(wanted.first, wanted.last), progress=progress)
    return _kept(wanted.pk, gathered, now)


@transaction.atomic
def _kept(period_id: int, gathered: Gathered, now: datetime) -> RankedPeriod | None:
    period = RankedPeriod.objects.select_for_update().get(pk=period_id)
    if period.state != RankedPeriod.State.REQUESTED:
        return None
    period.contents.all().delete()
    period.heads.all().delete()
    PeriodContent.objects.bulk_create(
        PeriodContent(period=period, part=part, content=zlib.compress(content))
        for part, content in gathered.parts.items()
    )
    PeriodHeads.objects.bulk_create(
        PeriodHeads(period=period, number=number, heads=heads) for number, heads in enumerate(gathered.pieces)
    )
    period.state, period.as_of = RankedPeriod.State.COMPUTED, now
    period.manifest = manifest_of(
        name=period.name,
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        as_of=now.astimezone(UTC).isoformat(),
        parts=gathered.parts,
        streams=gathered.streams,
        root=gathered.root,
    )
    period.signature = sign(period.manifest.encode())
    period.save()
    record("period.computed", stream=period.stream, actor="timer", at=now, data={"manifest": period.manifest})
    return period
