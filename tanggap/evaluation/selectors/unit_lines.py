"""The units of one body beside each other: one bounded statement over the body's cases of a period."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from tanggap.cases.workflow import State
from tanggap.directory.models import Agency
from tanggap.evaluation.periods import Period
from tanggap.evaluation.selectors.behind import entries_behind


@dataclass(frozen=True)
class UnitLine:
    """One unit's counts, without secret and supervisory cases."""

    unit: Agency
    total: int
    closed: int
    on_time: int
    judged: int
    overdue: int


def unit_lines(body: Agency, period: Period) -> list[UnitLine]:
    """The units that have a case of the period, the one with most first; the body's own desk is one of them.

    Sub-units stand by themselves.
    """
    rows = (
        entries_behind(body, period, Q(), guarded=False)
        .order_by()
        .values("agency_id")
        .annotate(
            total=Count("case_id"),
            closed=Count("case_id", filter=Q(state=State.CLOSED)),
            timely=Count("case_id", filter=Q(judged=True, on_time=True)),
            passed=Count("case_id", filter=Q(judged=True)),
            waiting=Count("case_id", filter=Q(overdue=True)),
        )
        .order_by("-total", "agency_id")
    )
    units = Agency.objects.in_bulk([row["agency_id"] for row in rows])
    return [
        UnitLine(
            units[row["agency_id"]], row["total"], row["closed"], row["timely"], row["passed"], row["waiting"]
        )
        for row in rows
        if row["agency_id"] in units
    ]  # fmt: skip
