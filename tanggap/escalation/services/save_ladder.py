"""A ladder from a day on, for everybody or for one agency and what is below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs, governs_everything
from tanggap.common.errors import Forbidden, Invalid
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.ladder_edits import StepWish, check_ladder, in_order
from tanggap.escalation.models import Ladder, LadderStep
from tanggap.ledger.services.record import record

LONGEST_SOURCE = 200
CHANGED = "ladder.changed"


@transaction.atomic
def save_ladder(
    *,
    clock: str,
    agency: Agency | None,
    steps: Sequence[StepWish],
    valid_from: date,
    source: str,
    actor: Actor,
    now: datetime,
) -> Ladder:
    """Write a new version of a ladder; one planned for the same day is replaced.

    From tomorrow at the earliest: a clock that began today has a ladder already, and with another one it would send
    steps again. Raises Forbidden (another's agency), Invalid (the day, the source or a step).
    """
    check_may_change(actor, agency)
    check_first_day(valid_from, agency, now)
    source = " ".join(source.split())
    if not 0 < len(source) <= LONGEST_SOURCE:
        raise Invalid(_("Tulis dasar aturannya, misalnya nomor keputusan."), field="source", code="no_source")
    check_ladder(clock, steps, national=agency is None)
    slug = slugify(agency.code.replace(".", "-").replace("/", "-"))[:40] if agency else "nasional"
    ladder, _created = Ladder.objects.update_or_create(
        clock=clock,
        agency=agency,
        valid_from=valid_from,
        defaults={"slug": slug, "source": source, "valid_until": None},
    )
    ladder.steps.all().delete()
    LadderStep.objects.bulk_create(_row(ladder, number, step) for number, step in enumerate(in_order(steps), 1))
    data = {
        "clock": clock,
        "agency_id": agency.pk if agency else None,
        "valid_from": valid_from,
        "source": source,
        "steps": [asdict(step) for step in in_order(steps)],
    }
    record(CHANGED, stream=stream_of(agency), actor=actor.key, at=now, data=data)
    return ladder


def stream_of(agency: Agency | None) -> str:
    """The name of a level's ladders in the ledger."""
    return f"ladder:{agency.pk if agency else 'national'}"


def check_may_change(actor: Actor, agency: Agency | None) -> None:
    """Raises Forbidden for another's agency."""
    if not (governs(actor, agency) if agency else governs_everything(actor)):
        raise Forbidden(_("Aturan instansi ini bukan wewenang Anda."))


def check_first_day(day: date, agency: Agency | None, now: datetime) -> None:
    """Raises Invalid for today and the past."""
    calendar = calendar_of(agency.pk if agency else None)
    if day < calendar.local_date(now) + timedelta(days=1):
        raise Invalid(
            _("Tangga baru berlaku paling cepat besok: jam yang mulai hari ini sudah punya tangganya."),
            field="valid_from",
            code="too_early",
        )


def _row(ladder: Ladder, number: int, step: StepWish) -> LadderStep:
    return LadderStep(
        ladder=ladder,
        number=number,
        kind=step.kind,
        offset_days=step.offset,
        from_limit=step.from_limit,
        calendar=step.unit,
        channel=step.channel,
        role=step.role,
        template=step.template,
        copies=list(step.copies),
    )
