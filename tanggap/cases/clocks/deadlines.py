"""By when: limits, the moment they end, and the opening at which a ladder step is due.

How a hold moves a limit of days. A day counts unless the case was on hold when it began: the day on which the
question was asked is used up, the day on which it came back is not counted, like the day of the event that starts a
clock. What remained at the end of the asking day is therefore what remains after the day of the reply. Two
consequences are deliberate:

- A question asked and answered on one day moves nothing.
- When the last day itself ends on hold there is nothing left to carry over; the limit then ends with the day on
  which the hold ends (the next counting day if that one is off), so that no clock runs out while it stands still.

A hold that begins after the limit ended changes nothing: it never un-lates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from tanggap.cases.clocks.pauses import Held, Pause, held, spans
from tanggap.directory.calendar import WorkingCalendar

__all__ = ["Counting", "Limit", "Pause", "Unit", "complete_file_at", "due_at", "is_late", "nth_opening", "on_time"]

UNITS = ("working_days", "calendar_days", "hours")
Unit = Literal["working_days", "calendar_days", "hours"]
LONGEST_LIMIT = 3660
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """How long something may take: 1 to 3,660 working days, calendar days or hours (day and night)."""

    amount: int
    unit: Unit = "working_days"

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= LONGEST_LIMIT:
            raise ValueError(f"a limit is 1 to {LONGEST_LIMIT}, not {self.amount}")
        if self.unit not in UNITS:
            raise ValueError(f"a limit is counted in {', '.join(UNITS)}, not {self.unit}")


def due_at(
    start: datetime,
    limit: Limit,
    calendar: WorkingCalendar,
    pauses: Sequence[Pause] = (),
    as_of: datetime | None = None,
) -> datetime:
    """The last moment that is still on time, in the agency's zone.

    A limit of n days ends at 23:59:59 of the n-th counting day after the day of the event; hours are elapsed hours.
    An open pause is reckoned as if it ended `as_of`; without it, as if it had not begun: the date as it stood when
    the question was asked.
    """
    if limit.unit == "hours":
        return _due_after_hours(start, limit.amount, spans(pauses, as_of)).astimezone(calendar.zone)
    counting = Counting(calendar, limit.unit == "working_days", held(pauses, calendar.zone, as_of) if pauses else ())
    return counting.close(counting.later_net(start.astimezone(calendar.zone).date(), limit.amount))


@dataclass(frozen=True, slots=True)
class Counting:
    """Which days a clock counts: working days or all, less those on hold."""

    calendar: WorkingCalendar
    working: bool
    stretches: Sequence[Held] = ()

    def days(self, after: date, until: date) -> int:
        """Days that count later than `after`, `until` included, on hold or not; 0 when not later."""
        return self.calendar.count(after, until) if self.working else max(0, (until - after).days)

    def later(self, day: date, n: int) -> date:
        """The n-th day that counts after `day`, on hold or not."""
        return self.calendar.add_working_days(day, n) if self.working else day + timedelta(days=n)

    def on_hold(self, after: date, until: date) -> int:
        """Of those days, the ones that began on hold."""
        return sum(self.days(max(after, s.after), min(until, s.until)) for s in self.stretches)

    def net(self, after: date, until: date) -> int:
        """Of those days, the ones that did not begin on hold."""
        return self.days(after, until) - self.on_hold(after, until)

    def later_net(self, day: date, left: int) -> date:
        """The day on which the count of days not on hold reaches `left`."""
        for stretch in self.stretches:
            free = self.days(day, stretch.after)
            if free >= left:
                break
            left -= free
            day = max(day, stretch.until)
        return self.later(day, left)

    def close(self, day: date) -> datetime:
        """The end of `day`, moved past every hold that is still on at that moment."""
        due = self.calendar.end_of(day)
        for stretch in self.stretches:
            if stretch.start <= due < stretch.end:
                off = self.working and not self.calendar.is_working(stretch.until)
                due = self.calendar.end_of(self.later(stretch.until, 1) if off else stretch.until)
        return due


def _due_after_hours(start: datetime, hours: int, stretches: list[tuple[datetime, datetime]]) -> datetime:
    due = start.astimezone(UTC) + timedelta(hours=hours)
    for begun, over in stretches:
        if over > start and begun <= due:
            due += over - max(begun, start)
    return due


def is_late(due: datetime, now: datetime, stopped_at: datetime | None = None) -> bool:
    """Whether the clock ran out: it was stopped after the limit, or still runs and the limit has passed."""
    return (stopped_at or now) > due


def on_time(due: datetime, stopped_at: datetime | None) -> bool:
    """Whether what stops the clock came, and not after the limit."""
    return stopped_at is not None and stopped_at <= due


def nth_opening(
    start: datetime,
    n: int,
    calendar: WorkingCalendar,
    pauses: Sequence[Pause] = (),
    as_of: datetime | None = None,
) -> datetime:
    """When the recipient's office opens on the n-th working day after `start` (DOMAIN.md §4).

    0 is at once during office hours, else the next opening (after closing or on a day off the same one as for 1).
    Before a limit ends, give the limit as `start` and a negative n; after it, the limit and 1 for "the day after".
    Days on hold are skipped going forward.
    """
    if n == 0:
        return calendar.next_open(start)
    started_on = start.astimezone(calendar.zone).date()
    if n < 0 or not pauses:
        return calendar.opening(calendar.add_working_days(started_on, n))
    counting = Counting(calendar, working=True, stretches=held(pauses, calendar.zone, as_of))
    return calendar.opening(counting.later_net(started_on, n))


def complete_file_at(verified_at: datetime | None, completed_at: datetime | None) -> datetime | None:
    """When the file was complete: the later of verification and the reporter's last completion.

    The statutory clock of Perpres 76/2013 starts here; None before verification.
    """
    if verified_at is None or completed_at is None:
        return verified_at
    return max(verified_at, completed_at)
