"""Working days of one office: which days count, when a limit ends, how long something took.

Pure: no Django, no database. DOMAIN.md §3 is the source of every rule here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

DAY_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONDAY_TO_FRIDAY = frozenset(range(5))
LONGEST_RUN_OF_DAYS_OFF = 366
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Week:
    """The weekdays and hours of an office from a day on."""

    valid_from: date
    days: frozenset[int]
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValueError("an office works on at least one weekday, 0 to 6")
        if self.opens >= self.closes:
            raise ValueError("an office opens before it closes")


@dataclass(frozen=True)
class WorkingCalendar:
    """The days and hours on which one office works, in its own time zone."""

    zone: ZoneInfo
    week: frozenset[int] = MONDAY_TO_FRIDAY
    """Weekdays of the office, Monday is 0."""
    opens: time = time(8)
    closes: time = time(16)
    days_off: Mapping[date, str] = field(default_factory=dict, hash=False)
    """Holidays and joint leave with their names."""
    extra_days: frozenset[date] = frozenset()
    """Working although a weekend or a holiday; they win over `days_off`."""
    later_weeks: tuple[Week, ...] = ()
    """Weeks that follow `week`, each from its own day on, in order: a change of hours does not touch days before."""

    def __post_init__(self) -> None:
        Week(date.min, self.week, self.opens, self.closes)
        days = [week.valid_from for week in self.later_weeks]
        if days != sorted(set(days)):
            raise ValueError("weeks follow each other")

    def week_on(self, day: date) -> Week:
        """Which weekdays and hours hold on `day`."""
        for week in reversed(self.later_weeks):
            if week.valid_from <= day:
                return week
        return self._first_week

    def is_working(self, day: date) -> bool:
        """Whether the office works on `day`."""
        if day in self.extra_days:
            return True
        days = self.week_on(day).days if self.later_weeks else self.week
        return day.weekday() in days and day not in self.days_off

    def why_off(self, day: date) -> str | None:
        """The holiday's name, else the weekday's ("Sabtu"); None on a working day."""
        if self.is_working(day):
            return None
        return self.days_off.get(day, DAY_NAMES[day.weekday()])

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it when `n` is negative), `day` itself never counted.

        When `day` is off, the next working day simply is day 1. With 0 it is `day` itself.
        """
        step, left, idle = (DAY, n, 0) if n >= 0 else (-DAY, -n, 0)
        while left:
            day += step
            if self.is_working(day):
                left, idle = left - 1, 0
                continue
            idle += 1
            if idle > LONGEST_RUN_OF_DAYS_OFF:  # a calendar typed wrongly must not hang a worker
                raise ValueError("no working day within a year")
        return day

    def end_of(self, day: date) -> datetime:
        """23:59:59 of `day` in the office's zone: the moment at which a limit ends."""
        return datetime.combine(day, time(23, 59, 59), self.zone)

    def due_at(self, event: datetime, n: int) -> datetime:
        """When a limit of `n` working days that starts with `event` ends."""
        return self.end_of(self.add_working_days(self.local_date(event), n))

    def opening(self, day: date) -> datetime:
        """When the office opens on `day` (whether or not it works that day)."""
        return datetime.combine(day, self.week_on(day).opens, self.zone)

    def closing(self, day: date) -> datetime:
        """When the office closes on `day` (whether or not it works that day)."""
        return datetime.combine(day, self.week_on(day).closes, self.zone)

    def is_open(self, at: datetime) -> bool:
        """Whether the office is at its desks at `at`."""
        local = at.astimezone(self.zone)
        week = self.week_on(local.date())
        return self.is_working(local.date()) and week.opens <= local.time() < week.closes

    def next_open(self, at: datetime) -> datetime:
        """`at` itself during office hours, else the next opening."""
        if self.is_open(at):
            return at
        today = self.local_date(at)
        if self.is_working(today) and at < self.opening(today):
            return self.opening(today)
        return self.opening(self.add_working_days(today, 1))

    def local_date(self, at: datetime) -> date:
        """The date of an aware moment in the office's zone."""
        return at.astimezone(self.zone).date()

    def count(self, after: date, until: date) -> int:
        """Working days later than `after`, `until` included: the "2" of "day 2 of 5"; 0 when not later."""
        return self._working_before(until + DAY) - self._working_before(after + DAY) if until > after else 0

    def holidays(self, after: date, until: date) -> tuple[tuple[date, str], ...]:
        """Days of the office's week lost to a holiday or joint leave, later than `after`, `until` included."""
        lost = self._lost[bisect_right(self._lost, after.toordinal()) : bisect_right(self._lost, until.toordinal())]
        return tuple((day, self.days_off[day]) for day in map(date.fromordinal, lost))

    def working_days_between(self, start: datetime, end: datetime) -> float:
        """Elapsed time that falls on working days, in days of 24 hours; 0.0 when `end` is not later than `start`.

        Friday 10:00 to Monday 10:00 is 1.0; Saturday to Sunday is 0.
        """
        if end <= start:
            return 0.0
        a, b = start.astimezone(self.zone), end.astimezone(self.zone)
        (before_a, a_works), (before_b, b_works) = self._known_days[a.toordinal()], self._known_days[b.toordinal()]
        seconds = (before_b - before_a) * 86_400.0
        if a_works:
            seconds -= _seconds_into_day(a)
        if b_works:
            seconds += _seconds_into_day(b)
        return seconds / 86_400

    @cached_property
    def _first_week(self) -> Week:
        return Week(date.min, self.week, self.opens, self.closes)

    @cached_property
    def _lost(self) -> list[int]:
        """Ordinals of weekdays of the office on which it does not work, sorted."""
        off = (d for d in self.days_off if d.weekday() in self.week_on(d).days and d not in self.extra_days)
        return sorted(d.toordinal() for d in off)

    @cached_property
    def _gained(self) -> list[int]:
        """Ordinals of working days outside the office's week, sorted."""
        return sorted(d.toordinal() for d in self.extra_days if d.weekday() not in self.week_on(d).days)

    @cached_property
    def _stretches(self) -> tuple[tuple[int, int, tuple[int, ...]], ...]:
        """For each week its first day, the working weekdays before that day, and those of its week by weekday.

        The middle number is what the weeks before it have given, less what this week would have given until then,
        so that one addition tells the working weekdays since year 1 on any day of the stretch.
        """
        rows: list[tuple[int, int, tuple[int, ...]]] = []
        for week in (self._first_week, *self.later_weeks):
            begins = week.valid_from.toordinal()
            before = tuple(sum(d in week.days for d in range(weekday)) for weekday in range(8))
            given = _weekdays_until(begins, rows[-1]) - _weekdays_until(begins, (0, 0, before)) if rows else 0
            rows.append((begins, given, before))
        return tuple(rows)

    @cached_property
    def _known_days(self) -> _Days:
        """For days that were asked about, by ordinal, the working days before and whether it is one itself."""
        return _Days(self)

    def _working_before(self, day: date) -> int:
        """Working days since year 1 before `day`: constant time, so that millions of imported cases stay cheap."""
        ordinal = day.toordinal()
        row = self._stretches[0]
        for later in self._stretches[1:]:
            if later[0] > ordinal:
                break
            row = later
        return _weekdays_until(ordinal, row) - bisect_left(self._lost, ordinal) + bisect_left(self._gained, ordinal)


class _Days(dict[int, tuple[int, bool]]):
    """Worked out once a day: the durations of millions of cases end on a few thousand."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        super().__init__()
        self.calendar = calendar

    def __missing__(self, ordinal: int) -> tuple[int, bool]:
        day = date.fromordinal(ordinal)
        known = self[ordinal] = (self.calendar._working_before(day), self.calendar.is_working(day))
        return known


def _weekdays_until(ordinal: int, row: tuple[int, int, tuple[int, ...]]) -> int:
    _begins, given, before = row
    weeks, weekday = divmod(ordinal - 1, 7)
    return given + weeks * before[7] + before[weekday]


def _seconds_into_day(local: datetime) -> float:
    return local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6
