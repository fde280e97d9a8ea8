"""The reporter opened the case: what decides, with the delivery reports, whether an answer reached anybody."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from tanggap.cases.models import Case, Reporter

AGAIN_AFTER = timedelta(days=1)


def note_seen(*, case: Case, now: datetime) -> bool:
    """Remember when the reporter last read the case; returns whether anything was written.

    One write a day, or one after a new answer, and never the case's own lock: reading must not wait for an officer.
    Who left no identity at all gets an empty row, since they read their answer with the code alone.
    """
    stale = Q(seen_at__isnull=True) | Q(seen_at__lte=now - AGAIN_AFTER)
    if case.answered_at is not None:
        stale |= Q(seen_at__lt=case.answered_at)
    if Reporter.objects.filter(stale, case_id=case.pk).update(seen_at=now):
        return True
    _row, made = Reporter.objects.get_or_create(case_id=case.pk, defaults={"seen_at": now})
    return made
