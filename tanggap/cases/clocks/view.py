"""One clock explained to a reader: which day it is, by when, which days did not count, and the boxes of its bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from tanggap.cases.clocks.bar import Bar, Box
from tanggap.cases.clocks.deadlines import DAY, Counting, Limit, Unit, due_at, is_late
from tanggap.cases.clocks.pauses import Pause, held, total
from tanggap.directory.calendar import WorkingCalendar

ClockStatus = Literal["running", "due", "late", "done", "paused"]
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock as a page, a message or a receipt shows it."""

    name: str
    status: ClockStatus
    """`due`: ends today. `paused`: on hold, and not late before. `done`: stopped, late or not (see `late_days`)."""
    day: int
    """The "2" of "day 2 of 5": days counted after the event, today (or the day it stopped) included; for a clock of
    hours the whole hours used."""
    limit: int
    unit: Unit
    started_at: datetime
    started_on: date
    due_at: datetime
    stopped_at: datetime | None
    late_days: int
    """In the clock's days (of 24 hours for hours); at least 1 as soon as the limit has passed, else 0."""
    boxes: tuple[Box, ...]
    """Empty for a clock of hours: a box is a day."""
    box_days: int
    """How many days one box stands for: 1, or 7 and its multiples for long clocks, which the page then says."""
    off_days: tuple[tuple[date, str], ...]
    """Holidays and joint leave from start to limit that fall on the office's weekdays."""
    paused_days: int
    """Days not counted so far because the case was on hold (of 24 hours for hours)."""
    zone: ZoneInfo

    @property
    def late(self) -> bool:
        """Whether the limit passed before the clock stopped."""
        return self.late_days > 0

    @property
    def days_left(self) -> int:
        """Days (or hours) of the limit after today; 0 on the last day and when late."""
        return max(0, self.limit - self.day)


def explain(
    name: str,
    start: datetime,
    limit: Limit,
    calendar: WorkingCalendar,
    pauses: Sequence[Pause],
    now: datetime,
    stopped_at: datetime | None = None,
) -> ClockView:
    """The clock `name` as it stands at `now`. What happens after it stopped does not touch it any more."""
    at = stopped_at or now
    known = [Pause(p.start, min(p.end or at, at)) for p in pauses if p.start <= at]
    paused = stopped_at is None and any(p.start <= at and (p.end is None or p.end > at) for p in pauses)
    due = due_at(start, limit, calendar, known)
    late = is_late(due, now, stopped_at)
    zone = calendar.zone
    started_on, due_on, at_on = (moment.astimezone(zone).date() for moment in (start, due, at))
    working = limit.unit == "working_days"
    counting = Counting(calendar, working, held(known, zone))
    bar = Bar(counting, limit.amount, started_on, due_on, at_on, stopped_at is not None, late, paused)
    hours = limit.unit == "hours"
    used = _used_hours(start, due, at, known) if hours else _used_days(bar)
    return ClockView(
        name=name,
        status=_status(bar),
        day=used.day,
        limit=limit.amount,
        unit=limit.unit,
        started_at=start,
        started_on=started_on,
        due_at=due,
        stopped_at=stopped_at,
        late_days=max(1, used.late_days) if late else 0,
        boxes=() if hours else tuple(bar.boxes()),
        box_days=bar.box_days,
        off_days=calendar.holidays(started_on, due_on) if working else (),
        paused_days=used.paused_days,
        zone=zone,
    )


@dataclass(frozen=True, slots=True)
class _Used:
    day: int
    late_days: int
    paused_days: int


def _used_days(bar: Bar) -> _Used:
    """A hold carried over past the last day may add a day that still belongs to the limit: it stays "5 of 5"."""
    counting = bar.counting
    late_days = counting.net(bar.due_on, bar.at_on)
    within_limit = min(bar.limit, counting.net(bar.started_on, min(bar.at_on, bar.due_on)))
    return _Used(within_limit + late_days, late_days, counting.on_hold(bar.started_on, bar.at_on))


def _used_hours(start: datetime, due: datetime, at: datetime, pauses: Sequence[Pause]) -> _Used:
    on_hold = total(pauses, start, at)
    return _Used(max(0, (at - start - on_hold) // HOUR), -((due - at) // DAY), on_hold // DAY)


def _status(bar: Bar) -> ClockStatus:
    if bar.stopped:
        return "done"
    if bar.late:
        return "late"
    if bar.paused:
        return "paused"
    return "due" if bar.due_on == bar.at_on else "running"
