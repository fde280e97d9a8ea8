"""How long something took, net of pauses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.cases.clocks import Pause, calendar_duration, working_duration
from tanggap.cases.tests.clock_samples import JAKARTA, SIX_DAYS, asked, at, calendars, moments, pauses


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        pytest.param("2026-12-11 10:00", "2026-12-14 10:00", 1.0, id="Friday to Monday"),
        pytest.param("2026-12-12 08:00", "2026-12-13 20:00", 0.0, id="Saturday to Sunday"),
        pytest.param("2026-12-14 10:00", "2026-12-14 16:00", 0.25, id="six hours"),
        pytest.param("2026-12-23 12:00", "2026-12-28 12:00", 1.0, id="over Christmas"),
        pytest.param("2026-12-31 00:00", "2027-01-05 00:00", 2.0, id="over the year's end"),
        pytest.param("2026-12-14 00:00", "2026-12-21 00:00", 5.0, id="a week"),
        pytest.param("2026-12-14 10:00", "2026-12-14 10:00", 0.0, id="at once"),
        pytest.param("2026-12-15 10:00", "2026-12-14 10:00", 0.0, id="an end before the start"),
    ],
)
def test_working_time_is_counted_in_days_of_24_hours(start, end, days):
    assert working_duration(at(start), at(end), JAKARTA) == pytest.approx(days)


def test_saturday_counts_in_a_six_day_week():
    assert working_duration(at("2026-12-11 10:00"), at("2026-12-14 10:00"), SIX_DAYS) == pytest.approx(2.0)


def test_time_on_hold_is_taken_out_once():
    holds = [asked("2026-12-15 10:00", "2026-12-16 10:00"), asked("2026-12-15 22:00", "2026-12-16 22:00")]
    start, end = at("2026-12-14 10:00"), at("2026-12-18 10:00")
    assert working_duration(start, end, JAKARTA, holds) == pytest.approx(2.5)
    assert calendar_duration(start, end, holds) == pytest.approx(2.5)


def test_a_weekend_on_hold_takes_nothing_from_working_time():
    hold = asked("2026-12-12 00:00", "2026-12-14 00:00")
    start, end = at("2026-12-11 10:00"), at("2026-12-14 10:00")
    assert working_duration(start, end, JAKARTA, [hold]) == pytest.approx(1.0)
    assert calendar_duration(start, end, [hold]) == pytest.approx(1.0)


def test_an_open_hold_lasts_until_the_end():
    start, end = at("2026-12-14 10:00"), at("2026-12-18 10:00")
    assert working_duration(start, end, JAKARTA, [asked("2026-12-15 10:00")]) == pytest.approx(1.0)


@given(calendars(), st.tuples(moments(), moments(), moments()), pauses())
def test_durations_add_up_over_a_split_and_are_never_negative(calendar, three, holds):
    start, middle, end = sorted(three)
    for took in (lambda a, b: working_duration(a, b, calendar, holds), lambda a, b: calendar_duration(a, b, holds)):
        assert took(start, middle) + took(middle, end) == pytest.approx(took(start, end), abs=1e-6)
        assert took(start, middle) >= 0


@given(calendars(), moments(), moments(), pauses())
def test_working_time_is_never_more_than_elapsed_time(calendar, start, end, holds):
    assert working_duration(start, end, calendar, holds) <= calendar_duration(start, end, holds) + 1e-6


@given(calendars(), moments(), moments(), pauses(), moments())
def test_a_further_hold_never_makes_it_take_longer(calendar, start, end, holds, asked_at):
    more = [*holds, Pause(asked_at)]
    assert working_duration(start, end, calendar, more) <= working_duration(start, end, calendar, holds) + 1e-6
    assert calendar_duration(start, end, more) <= calendar_duration(start, end, holds) + 1e-6
