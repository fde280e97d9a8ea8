"""When things happen: seasons and weekdays of reports, office hours of answers, evenings of citizens. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import accumulate
from math import exp, log
from random import Random

from tanggap.directory.calendar import WorkingCalendar

YEARS = 2
DAYS_BACK = 365 * YEARS
BY_WEEKDAY = (1.25, 1.15, 1.1, 1.05, 0.95, 0.6, 0.5)
GROWTH = 0.8
"""How much more comes at the end than at the beginning."""
SEASONS: dict[str, dict[int, float]] = {
    "rain": {11: 1.8, 12: 2.2, 1: 2.6, 2: 2.3, 3: 1.5, 4: 1.0, 10: 1.0},
    "dry": {6: 1.5, 7: 2.0, 8: 2.5, 9: 2.3, 10: 1.6},
    "school": {5: 1.4, 6: 3.2, 7: 3.4, 8: 1.3},
}
OFF_SEASON = 0.45
BUSY_HOURS = (7, 8, 8, 9, 9, 9, 10, 10, 11, 12, 13, 13, 14, 15, 16, 17, 18, 19, 19, 20, 20, 21, 21, 22, 5, 6, 23)
LAST_MINUTES = timedelta(minutes=12)


def seeded(*parts: object) -> Random:
    """A source of chance that is the same for the same parts, in every process."""
    return Random(":".join(map(str, ("tanggap", *parts))))  # noqa: S311 - invented stories, no secrets


def season(name: str, month: int) -> float:
    """How much more often a matter of this season comes up in a month."""
    return SEASONS[name].get(month, OFF_SEASON) if name else 1.0


def arrival_days(day: date, count: int, rng: Random) -> list[date]:
    """The days on which `count` reports come, all before `day`: weeks have a rhythm, rain brings more, it grows."""
    days = [day - timedelta(days=back) for back in range(DAYS_BACK, 0, -1)]
    weights = [
        BY_WEEKDAY[d.weekday()] * (1 + GROWTH * n / DAYS_BACK) * (1.25 if d.month in (12, 1, 2) else 1.0)
        for n, d in enumerate(days)
    ]
    return sorted(rng.choices(days, cum_weights=list(accumulate(weights)), k=count))


def citizen_time(day: date, calendar: WorkingCalendar, rng: Random) -> datetime:
    """A moment at which somebody writes: mornings at work, evenings at home."""
    at = time(rng.choice(BUSY_HOURS), rng.randrange(60), rng.randrange(60))
    return datetime.combine(day, at, calendar.zone)


def citizen_later(start: datetime, days: float, calendar: WorkingCalendar, rng: Random) -> datetime:
    """A moment about `days` calendar days after `start`, never before it."""
    day = start.astimezone(calendar.zone).date() + timedelta(days=int(days))
    at = citizen_time(day, calendar, rng)
    return at if at > start else start + timedelta(minutes=rng.randrange(20, 300), seconds=rng.randrange(60))


def office_later(start: datetime, days: float, calendar: WorkingCalendar, rng: Random) -> datetime:
    """A moment in office hours about `days` working days after `start`, always later than it."""
    whole = int(days)
    day = calendar.add_working_days(calendar.local_date(start), whole)
    while True:
        opens, closes = calendar.opening(day), calendar.closing(day)
        earliest = max(opens, start + timedelta(minutes=4))
        if calendar.is_working(day) and earliest < closes - LAST_MINUTES:
            break
        day = calendar.add_working_days(day, 1)
    span = (closes - earliest).total_seconds()
    return earliest + timedelta(seconds=int(span * rng.random()))


def spread(median: float, rng: Random, sigma: float = 0.75, most: float = 45) -> float:
    """A duration in days: mostly around the median, sometimes much longer."""
    return min(most, exp(rng.gauss(log(median), sigma)))
