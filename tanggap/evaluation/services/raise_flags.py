"""Looking through a period's cases for signs that figures were made rather than earned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from tanggap.directory.models import Agency
from tanggap.evaluation.flag_facts import flag_facts
from tanggap.evaluation.groups import SEPARATE, members
from tanggap.evaluation.models import Flag, FlagRule, RankedPeriod
from tanggap.evaluation.periods import Period
from tanggap.evaluation.ranking.flags import Limits, raised

KEPT = 500
"""The cases kept behind one flag at most."""


@transaction.atomic
def raise_flags(*, period_id: int, now: datetime) -> int:
    """Write the flags of a period anew; how many. They take nothing from any score, and a frozen period may be looked
    through again."""
    period = RankedPeriod.objects.get(pk=period_id)
    limits = flag_limits(period.last)
    bodies = (body for group in SEPARATE for body in members(group)) if limits else ()
    flags = [flag for body in bodies for flag in _flags(period, body, limits, now)]
    Flag.objects.filter(period=period).delete()
    Flag.objects.bulk_create(flags)
    return len(flags)


def _flags(period: RankedPeriod, body: Agency, limits: dict[str, Limits], now: datetime) -> Iterator[Flag]:
    cases = flag_facts(body, Period(period.first, period.last))
    for name, limit in limits.items():
        finding = raised(name, cases, limit, period.last)
        if finding is not None:
            kept, count = list(finding.cases[:KEPT]), len(finding.cases)
            yield Flag(period=period, agency=body, name=name, case_ids=kept, count=count, of=finding.of, raised_at=now)


def flag_limits(day: date) -> dict[str, Limits]:
    """The rows in force on a day, by name."""
    rows = FlagRule.objects.filter(valid_from__lte=day).order_by("name", "-valid_from").distinct("name")
    return {row.name: Limits(row.minimum, float(row.share), row.within) for row in rows}
