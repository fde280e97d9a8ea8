"""Looking again at every open case below an agency: its calendar, its ladder or its place in the tree changed."""

from __future__ import annotations

from datetime import datetime

from tanggap.cases.models import Case
from tanggap.directory.models import Agency
from tanggap.escalation.services.watch_case import watch_cases

BATCH = 500


def watch_agency(*, agency_id: int | None, now: datetime) -> int:
    """Set the next look at the open cases of an agency and everything below it, or of everybody; how many."""
    cases = Case.objects.filter(due_at__isnull=False)
    if agency_id is not None:
        path = Agency.objects.values_list("path", flat=True).get(pk=agency_id)
        cases = cases.filter(agency__path__startswith=path)
    done = last = 0
    while ids := list(cases.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        done += watch_cases(ids, now=now)
        last = ids[-1]
    return done
