"""Mass submissions as a card shows them: one cluster each, with its cases and reporters in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from tanggap.cases.models import Case
from tanggap.cases.policies import public_cases
from tanggap.directory.models import Agency
from tanggap.evaluation.models import MassSubmission
from tanggap.evaluation.periods import Period

MOST_SHOWN = 20


@dataclass(frozen=True)
class Mass:
    """One cluster. `example` is a case everybody may read."""

    example: Case
    first_at: datetime
    last_at: datetime
    cases: int
    reporters: int
    unknown: int


def mass_submissions(agency: Agency, period: Period) -> list[Mass]:
    """The clusters of a body that began in a period, the largest first. Units have none of their own.

    Only what everybody may read: a cluster of which no case is public is left out, and what has become secret or
    anonymous since is not counted any more.
    """
    if not agency.is_body:
        return []
    zone = ZoneInfo(agency.zone)
    start, end = (datetime.combine(day, time.min, zone) for day in (period.first, period.last + timedelta(days=1)))
    rows = list(MassSubmission.objects.filter(body=agency, first_at__gte=start, first_at__lt=end)[: MOST_SHOWN * 5])
    ids = {pk for row in rows for pk in row.case_ids}
    countable = set(Case.objects.filter(pk__in=ids, guarded=False, anonymous=False).values_list("pk", flat=True))
    readable = public_cases().filter(pk__in=ids, anonymous=False).select_related("agency").in_bulk()
    found = []
    for row in rows:
        example = next((readable[pk] for pk in row.case_ids if pk in readable), None)
        if example is not None:
            cases = sum(pk in countable for pk in row.case_ids)
            reporters, unknown = min(row.reporters, cases), min(row.unknown, cases)
            found.append(Mass(example, row.first_at, row.last_at, cases, reporters, unknown))
    return sorted(found, key=lambda one: (-one.cases, one.first_at))[:MOST_SHOWN]
