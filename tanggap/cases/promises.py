"""By when what happens: the dates a citizen is promised before anybody has looked at the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tanggap.cases.clocks import due_at
from tanggap.cases.deadlines import limit_for
from tanggap.cases.models import ClockName
from tanggap.cases.workflow import Classification
from tanggap.common.clock import now as present
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of, root_agency


@dataclass(frozen=True)
class Promise:
    """The latest dates of a report handed in now, if everybody uses up the whole limit."""

    zone: ZoneInfo
    verify_days: int
    answer_days: int
    resolve_days: int
    window_days: int
    verified_by: datetime
    answered_by: datetime
    resolved_by: datetime
    off_days: tuple[tuple[date, str], ...]
    in_hours: bool = False


def promise(agency: Agency | None, classification: str | None, start: datetime, *, urgent: bool = False) -> Promise:
    """The road ahead from `start`, in the calendar of the addressed agency; `in_hours` where it is urgent."""
    agency = agency or root_agency()
    calendar = calendar_of(agency.pk)
    on = start.astimezone(calendar.zone).date()

    verify, answer, resolve, window = (
        limit_for(name, classification=classification, agency=agency, on=on, urgent=urgent)
        for name in (ClockName.VERIFICATION, ClockName.FIRST_ANSWER, ClockName.RESOLUTION, ClockName.WINDOW)
    )
    verified_by = due_at(start, verify, calendar)
    resolved_by = due_at(verified_by, resolve, calendar)
    return Promise(
        zone=calendar.zone,
        verify_days=verify.amount,
        answer_days=answer.amount,
        resolve_days=resolve.amount,
        window_days=window.amount,
        verified_by=verified_by,
        answered_by=due_at(verified_by, answer, calendar),
        resolved_by=resolved_by,
        off_days=calendar.holidays(on, resolved_by.astimezone(calendar.zone).date()),
        in_hours=verify.unit == "hours",
    )


def usual_limits() -> dict[str, int]:
    """The national limits of a plain complaint, for the home page."""
    root = root_agency()
    on = present().astimezone(calendar_of(root.pk).zone).date()
    clocks = (ClockName.VERIFICATION, ClockName.FIRST_ANSWER, ClockName.RESOLUTION, ClockName.WINDOW)
    complaint = Classification.COMPLAINT
    return {name.value: limit_for(name, classification=complaint, agency=root, on=on).amount for name in clocks}
