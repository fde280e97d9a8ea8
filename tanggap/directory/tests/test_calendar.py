"""Working days: the rules of the clocks' foundation."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.directory.calendar import WorkingCalendar

JAKARTA, MAKASSAR, JAYAPURA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")
NEW_YEAR = {date(2026, 1, 1): "Tahun Baru Masehi", date(2026, 12, 25): "Hari Raya Natal"}
PLAIN = WorkingCalendar(JAKARTA, days_off=NEW_YEAR)

DATES = st.dates(date(2021, 12, 1), date(2028, 2, 1))
WEEKS = st.sets(st.integers(0, 6), min_size=1).map(frozenset)


@st.composite
def calendars(draw):
    return WorkingCalendar(
        zone=draw(st.sampled_from([JAKARTA, MAKASSAR, JAYAPURA])),
        week=draw(WEEKS),
        days_off={d: "libur" for d in draw(st.sets(DATES, max_size=40))},
        extra_days=frozenset(draw(st.sets(DATES, max_size=10))),
    )


@st.composite
def moments(draw):
    return datetime(2021, 12, 1, tzinfo=UTC) + draw(st.timedeltas(timedelta(0), timedelta(days=2200)))


def test_a_limit_of_five_days_from_a_wednesday_ends_on_the_next_wednesday():
    wednesday = datetime(2026, 11, 18, 14, tzinfo=JAKARTA)
    assert PLAIN.due_at(wednesday, 5) == datetime(2026, 11, 25, 23, 59, 59, tzinfo=JAKARTA)


def test_an_event_on_a_day_off_counts_from_the_next_working_day():
    saturday, friday = date(2026, 11, 21), date(2026, 11, 20)
    assert PLAIN.add_working_days(saturday, 1) == PLAIN.add_working_days(friday, 1) == date(2026, 11, 23)


def test_the_year_end_is_crossed_over_its_holidays():
    assert PLAIN.add_working_days(date(2025, 12, 31), 1) == date(2026, 1, 2)
    assert PLAIN.add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 28)


def test_a_day_off_says_why():
    assert PLAIN.why_off(date(2026, 1, 1)) == "Tahun Baru Masehi"
    assert PLAIN.why_off(date(2026, 11, 21)) == "Sabtu"
    assert PLAIN.why_off(date(2026, 11, 20)) is None


def test_the_zone_decides_which_day_an_event_belongs_to():
    event = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)  # Thursday 23:30 in Jakarta, Friday 01:30 in Jayapura
    assert PLAIN.due_at(event, 1) == datetime(2026, 11, 20, 23, 59, 59, tzinfo=JAKARTA)
    assert WorkingCalendar(JAYAPURA).due_at(event, 1) == datetime(2026, 11, 23, 23, 59, 59, tzinfo=JAYAPURA)


def test_friday_ten_to_monday_ten_is_one_day_and_a_weekend_is_none():
    friday, monday = datetime(2026, 11, 20, 10, tzinfo=JAKARTA), datetime(2026, 11, 23, 10, tzinfo=JAKARTA)
    assert PLAIN.working_days_between(friday, monday) == 1.0
    weekend = datetime(2026, 11, 21, 8, tzinfo=JAKARTA), datetime(2026, 11, 22, 20, tzinfo=JAKARTA)
    assert PLAIN.working_days_between(*weekend) == 0.0


def test_a_six_day_week_and_an_extra_working_day():
    six = WorkingCalendar(JAKARTA, week=frozenset(range(6)), extra_days=frozenset({date(2026, 11, 22)}))
    assert six.is_working(date(2026, 11, 21))
    assert six.add_working_days(date(2026, 11, 20), 2) == date(2026, 11, 22)


def test_outside_office_hours_waits_for_the_next_opening():
    friday_evening = datetime(2026, 11, 20, 16, 0, tzinfo=JAKARTA)
    assert PLAIN.next_open(friday_evening) == datetime(2026, 11, 23, 8, tzinfo=JAKARTA)
    early = datetime(2026, 11, 20, 5, tzinfo=JAKARTA)
    assert PLAIN.next_open(early) == datetime(2026, 11, 20, 8, tzinfo=JAKARTA)
    noon = datetime(2026, 11, 20, 12, tzinfo=JAKARTA)
    assert PLAIN.next_open(noon) == noon


def test_a_calendar_without_working_days_is_refused_instead_of_hanging():
    with pytest.raises(ValueError, match="weekday"):
        WorkingCalendar(JAKARTA, week=frozenset())
    with pytest.raises(ValueError, match="opens"):
        WorkingCalendar(JAKARTA, opens=time(16), closes=time(8))
    closed = WorkingCalendar(JAKARTA, days_off={date(2026, 1, 1) + timedelta(days=n): "libur" for n in range(500)})
    with pytest.raises(ValueError, match="year"):
        closed.add_working_days(date(2025, 12, 31), 1)


@given(calendars(), DATES, st.integers(1, 70))
def test_the_nth_working_day_is_working_and_has_n_working_days_up_to_it(calendar, day, n):
    due = calendar.add_working_days(day, n)
    assert calendar.is_working(due)
    assert sum(calendar.is_working(day + timedelta(days=i)) for i in range(1, (due - day).days + 1)) == n
    assert calendar.count(day, due) == n


@given(calendars(), DATES, st.integers(0, 40), st.integers(0, 40))
def test_adding_in_two_steps_is_adding_at_once(calendar, day, a, b):
    assert calendar.add_working_days(calendar.add_working_days(day, a), b) == calendar.add_working_days(day, a + b)


@given(calendars(), DATES, st.integers(1, 40))
def test_going_forth_and_back_returns_to_the_same_working_day(calendar, day, n):
    start = calendar.add_working_days(day, 1)
    assert calendar.add_working_days(calendar.add_working_days(start, n), -n) == start


@given(calendars(), moments(), moments())
def test_a_duration_equals_the_slow_sum_over_days(calendar, a, b):
    start, end = min(a, b), max(a, b)
    slow, day = 0.0, calendar.local_date(start)
    while day <= calendar.local_date(end):
        midnight = datetime.combine(day, time(0), calendar.zone)
        begin, stop = max(start, midnight), min(end, midnight + timedelta(days=1))
        slow += (stop - begin).total_seconds() if calendar.is_working(day) else 0
        day += timedelta(days=1)
    assert calendar.working_days_between(start, end) == pytest.approx(slow / 86_400, abs=1e-6)


@given(calendars(), moments(), moments(), moments())
def test_durations_add_up_over_a_middle(calendar, a, b, c):
    first, middle, last = sorted((a, b, c))
    parts = calendar.working_days_between(first, middle) + calendar.working_days_between(middle, last)
    assert parts == pytest.approx(calendar.working_days_between(first, last), abs=1e-6)
