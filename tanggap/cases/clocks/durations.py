"""How long: elapsed time, net of pauses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tanggap.cases.clocks.pauses import Pause, total, within
from tanggap.directory.calendar import WorkingCalendar

SECONDS_A_DAY = 86_400


def working_duration(start: datetime, end: datetime, calendar: WorkingCalendar, pauses: Sequence[Pause] = ()) -> float:
    """Elapsed time that falls on working days, in days of 24 hours, net of pauses; 0.0 when `end` is not later.

    Friday 10:00 to Monday 10:00 is 1.0; Saturday to Sunday is 0. An open pause lasts until `end`.
    """
    days = calendar.working_days_between(start, end)
    if not pauses or not days:
        return days
    return max(0.0, days - sum(calendar.working_days_between(a, b) for a, b in within(pauses, start, end)))


def calendar_duration(start: datetime, end: datetime, pauses: Sequence[Pause] = ()) -> float:
    """Elapsed seconds / 86,400, net of pauses; 0.0 when `end` is not later."""
    if end <= start:
        return 0.0
    elapsed = end - start
    if pauses:
        elapsed -= total(pauses, start, end)
    return elapsed.total_seconds() / SECONDS_A_DAY
