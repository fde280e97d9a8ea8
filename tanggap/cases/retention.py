"""How long things are kept: dated rows, between bounds that are dated rows too."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from tanggap.accounts.days import local_day
from tanggap.cases.models import RetentionKind, RetentionRule

PERIODS: Final = (RetentionKind.ERASURE_WAIT, RetentionKind.IDENTITY, RetentionKind.PAYLOAD)
"""What an administrator may change; the bounds come with the reference data, since they are the law's."""
LEAST: Final = {
    RetentionKind.ERASURE_WAIT: RetentionKind.WAIT_LEAST,
    RetentionKind.IDENTITY: RetentionKind.IDENTITY_LEAST,
}
MOST: Final = {RetentionKind.ERASURE_WAIT: RetentionKind.WAIT_MOST}


def kept_for(kind: str, *, now: datetime) -> timedelta:
    """The period that applies on the day of `now`."""
    rule = rule_on(kind, local_day(now))
    if rule is None:
        raise LookupError(f"no retention rule for {kind}: load the reference data")
    return timedelta(days=rule.days)


def rule_on(kind: str, day: date) -> RetentionRule | None:
    """The row that applies on `day`: the latest that has begun."""
    return RetentionRule.objects.filter(kind=kind, valid_from__lte=day).order_by("-valid_from").first()


def bounds_of(kind: str, day: date) -> tuple[RetentionRule | None, RetentionRule | None]:
    """The shortest and the longest a period may be on `day`; None where nothing binds it."""
    least, most = LEAST.get(RetentionKind(kind)), MOST.get(RetentionKind(kind))
    return (rule_on(least, day) if least else None, rule_on(most, day) if most else None)
