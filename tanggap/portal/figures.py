"""Honest figures for the home page and an agency's page, until a period is frozen by the evaluation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Avg, Count, F, Q, QuerySet

from tanggap.cases.models import Case
from tanggap.cases.workflow import ArchiveReason, State
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of
from tanggap.evaluation.selectors import report_card

KEPT_FOR = 600
"""Seconds: counting a month of cases on every visit would cost more than the page."""
HOME_DAYS, AGENCY_DAYS = 30, 365
READ_AT_MOST = 5000


@dataclass(frozen=True)
class Figures:
    """Counts of the cases received in a period. Merged cases count once, archived ones stay in the total."""

    days: int
    total: int
    closed: int
    in_progress: int
    limit_passed: int
    on_time: int
    median_days: float | None = None
    satisfaction: float | None = None
    rated: int = 0

    @property
    def closed_share(self) -> float | None:
        """Selesai / total."""
        return self.closed / self.total if self.total else None

    @property
    def handled_share(self) -> float | None:
        """(Selesai + proses) / total: the second formula in public use."""
        return (self.closed + self.in_progress) / self.total if self.total else None

    @property
    def late_one_in(self) -> float | None:
        """Every how manieth case, of those whose limit has passed, was not answered within it."""
        late = self.limit_passed - self.on_time
        return self.limit_passed / late if late else None

    @property
    def on_time_share(self) -> float | None:
        """Answered within the limit / all whose limit has passed or that were answered before it."""
        return self.on_time / self.limit_passed if self.limit_passed else None


def national_figures(now: datetime) -> Figures:
    """The last thirty days of the whole instance, at most ten minutes old."""
    found: Figures | None = cache.get("portal:figures")
    if found is None:
        found = _count(Case.objects.all(), now, HOME_DAYS)
        cache.set("portal:figures", found, KEPT_FOR)
    return found


def agency_figures(agency: Agency, now: datetime) -> Figures:
    """The last year of an agency and, for a government or national body, its units; at most ten minutes old.

    Secret and supervisory cases are left out and the page says so: on a small unit's page one more report than its
    officers see in their lists would tell them that there is one about them (DOMAIN §6). The median comes from the
    report card where the cases are few enough to be read one by one on a visit.
    """
    key = f"portal:figures:{agency.pk}"
    found: Figures | None = cache.get(key)
    if found is None:
        owned = Q(body=agency) if agency.is_body else Q(agency=agency)
        found = _count(Case.objects.filter(owned, guarded=False), now, AGENCY_DAYS)
        if 0 < found.total <= READ_AT_MOST:
            found = _with_median(found, agency, now)
        cache.set(key, found, KEPT_FOR)
    return found


def _with_median(found: Figures, agency: Agency, now: datetime) -> Figures:
    today = now.astimezone(calendar_of(agency.pk).zone).date()
    card = report_card(agency, today - timedelta(days=AGENCY_DAYS), today).figures
    return replace(found, median_days=card.first_answer_working_days.median)


def _count(cases: QuerySet[Case], now: datetime, days: int) -> Figures:
    received = cases.filter(received_at__gt=now - timedelta(days=days), received_at__lte=now)
    received = received.exclude(archive_reason=ArchiveReason.DUPLICATE)
    answered_in_time = Q(first_answered_at__lte=F("answer_due_at"))
    counted = received.aggregate(
        total=Count("pk"),
        closed=Count("pk", filter=Q(state=State.CLOSED)),
        in_progress=Count("pk", filter=Q(state__in=[State.IN_PROGRESS, State.ANSWERED])),
        limit_passed=Count("pk", filter=Q(answer_due_at__lt=now) | answered_in_time),
        on_time=Count("pk", filter=answered_in_time),
        satisfaction=Avg("rating"),
        rated=Count("rating"),
    )
    return Figures(days=days, **counted)
