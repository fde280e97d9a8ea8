"""Ending a hold: the clocks run again and the due dates move by the time that passed."""

from __future__ import annotations

from datetime import datetime

from tanggap.cases.deadlines import recompute_dates
from tanggap.cases.models import Case, Hold


def end_hold(case: Case, *, now: datetime) -> None:
    """Close the open hold and recompute the dates. The caller has set the state already."""
    Hold.objects.filter(case=case, ended_at__isnull=True).update(ended_at=now)
    case.hold_due_at = None
    recompute_dates(case)


def abandon_hold(case: Case, *, now: datetime) -> None:
    """Close the open hold of a case that ends (archived, withdrawn, merged): no date matters any more."""
    Hold.objects.filter(case=case, ended_at__isnull=True).update(ended_at=now)
    case.hold_due_at = None
