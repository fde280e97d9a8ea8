"""An office whose weeks change: the arithmetic agrees with looking at each day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tanggap.directory.calendar import Week, WorkingCalendar

DATES = st.dates(date(2025, 12, 1), date(2026, 12, 31))
DAYS = st.sets(st.integers(0, 6), min_size=1).map(frozenset)
DAY = timedelta(days=1)


@st.composite
def calendars(draw):
    changes = sorted(draw(st.sets(DATES, max_size=3)))
    weeks = tuple(Week(d, draw(DAYS), time(7), time(14)) for d in changes)
    return WorkingCalendar(
        zone=ZoneInfo("Asia/Jayapura"),
        week=draw(DAYS),
        days_off={d: "libur" for d in draw(st.sets(DATES, max_size=10))},
        extra_days=frozenset(draw(st.sets(DATES, max_size=5))),
        later_weeks=weeks,
    )


@given(calendars(), DATES, st.integers(0, 200))
def test_counting_over_a_change_of_weeks_agrees_with_walking(calendar, after, length):
    until = after + length * DAY
    walked = sum(calendar.is_working(after + n * DAY) for n in range(1, length + 1))
    assert calendar.count(after, until) == walked


@given(calendars(), DATES, st.integers(1, 40))
def test_the_nth_working_day_over_a_change_of_weeks_is_counted_as_the_nth(calendar, day, n):
    assert calendar.count(day, calendar.add_working_days(day, n)) == n


@given(calendars(), st.integers(0, 31_000_000), st.integers(0, 9_000_000))
def test_elapsed_working_time_over_a_change_of_weeks_is_the_sum_of_its_days(calendar, seconds, length):
    start = datetime(2025, 12, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    end = start + timedelta(seconds=length)
    day, parts = start, []
    while day < end:
        midnight = calendar.end_of(calendar.local_date(day)) + timedelta(seconds=1)
        parts.append(calendar.working_days_between(day, min(midnight, end)))
        day = midnight
    assert abs(sum(parts) - calendar.working_days_between(start, end)) < 1e-6


def test_days_before_the_change_keep_their_week_and_their_hours():
    calendar = WorkingCalendar(
        ZoneInfo("Asia/Jakarta"), later_weeks=(Week(date(2026, 7, 1), frozenset(range(6)), time(7), time(13)),)
    )
    assert not calendar.is_working(date(2026, 6, 27))
    assert calendar.is_working(date(2026, 7, 4))
    assert calendar.opening(date(2026, 6, 30)).hour == 8
    assert calendar.closing(date(2026, 7, 1)).hour == 13
    assert calendar.is_open(datetime(2026, 6, 30, 15, tzinfo=calendar.zone))
    assert not calendar.is_open(datetime(2026, 7, 1, 15, tzinfo=calendar.zone))
