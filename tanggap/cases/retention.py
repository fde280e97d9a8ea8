"""How long things are kept: dated rows."""

from __future__ import annotations

from datetime import datetime, timedelta

from tanggap.accounts.days import local_day
from tanggap.cases.models import RetentionRule


def kept_for(kind: str, *, now: datetime) -> timedelta:
    """The period that applies on the day of `now`."""
    rule = RetentionRule.objects.filter(kind=kind, valid_from__lte=local_day(now)).order_by("-valid_from").first()
    if rule is None:
        raise LookupError(f"no retention rule for {kind}: load the reference data")
    return timedelta(days=rule.days)
