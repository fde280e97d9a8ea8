"""When a limit ends: cases one can check with a calendar on the wall."""

from datetime import UTC, datetime, timedelta

import pytest

from tanggap.cases.clocks import Limit, Pause, complete_file_at, due_at, is_late, nth_opening, on_time
from tanggap.cases.tests.clock_samples import JAKARTA, SIX_DAYS, WIT, WITA, YEAR_END, ZONES, asked, at
from tanggap.directory.calendar import WorkingCalendar

THREE, FIVE, FOURTEEN = Limit(3), Limit(5), Limit(14)


@pytest.mark.parametrize(
    ("event", "limit", "last_day"),
    [
        pytest.param("2026-11-18 14:00", 5, "2026-11-25", id="a plain week: Wednesday to Wednesday"),
        pytest.param("2026-12-15 09:00", 5, "2026-12-22", id="over one weekend"),
        pytest.param("2026-12-11 16:30", 5, "2026-12-18", id="Friday afternoon: Monday is day 1"),
        pytest.param("2026-12-12 11:00", 5, "2026-12-18", id="Saturday: Monday is day 1 as well"),
        pytest.param("2026-12-13 23:59", 5, "2026-12-18", id="late on Sunday: Monday is day 1 as well"),
        pytest.param("2026-12-22 09:00", 3, "2026-12-29", id="joint leave, Christmas and a weekend: four days off"),
        pytest.param("2026-12-24 10:00", 3, "2026-12-30", id="an event on a day of joint leave"),
        pytest.param("2026-12-21 15:20", 10, "2027-01-08", id="the reporter's window over the year's end"),
        pytest.param("2026-12-30 08:00", 3, "2027-01-06", id="New Year and Isra Mikraj"),
        pytest.param("2026-12-31 23:59", 1, "2027-01-04", id="the last minute of the year"),
        pytest.param("2026-03-17 10:00", 1, "2026-03-25", id="Lebaran: a week without a working day"),
        pytest.param("2026-12-15 09:00", 14, "2027-01-08", id="the resolution of a complaint"),
    ],
)
def test_a_limit_ends_with_its_nth_working_day(event, limit, last_day):
    assert due_at(at(event), Limit(limit), JAKARTA) == at(f"{last_day} 23:59:59")


def test_an_office_with_a_six_day_week_is_due_earlier():
    friday = at("2026-12-11 10:00")
    assert due_at(friday, FIVE, SIX_DAYS) == at("2026-12-17 23:59:59")
    assert due_at(friday, FIVE, JAKARTA) == at("2026-12-18 23:59:59")


def test_the_day_of_the_event_is_the_day_in_the_agency_s_zone():
    late_on_monday = at("2026-11-16 22:30")  # already Tuesday 00:30 in Jayapura
    wib, wita, wit = (due_at(late_on_monday, THREE, WorkingCalendar(zone)) for zone in ZONES)
    assert wib == at("2026-11-19 23:59:59")
    assert wita == at("2026-11-19 23:59:59", WITA)
    assert wit == at("2026-11-20 23:59:59", WIT)


def test_the_second_before_midnight_and_midnight_are_two_days():
    assert due_at(at("2026-11-16 23:59:59"), THREE, JAKARTA) == at("2026-11-19 23:59:59")
    assert due_at(at("2026-11-17 00:00:00"), THREE, JAKARTA) == at("2026-11-20 23:59:59")


def test_a_limit_is_given_in_the_zone_of_the_agency_whatever_the_zone_of_the_event():
    event = datetime(2026, 11, 16, 3, tzinfo=UTC)
    for zone in ZONES:
        assert due_at(event, THREE, WorkingCalendar(zone)).tzinfo is zone
        assert due_at(event, Limit(4, "hours"), WorkingCalendar(zone)).tzinfo is zone


def test_calendar_days_count_every_day():
    assert due_at(at("2026-12-15 09:00"), Limit(60, "calendar_days"), JAKARTA) == at("2027-02-13 23:59:59")


def test_hours_run_day_and_night():
    assert due_at(at("2026-12-24 20:15"), Limit(12, "hours"), JAKARTA) == at("2026-12-25 08:15")


def test_a_working_saturday_by_decree_counts():
    calendar = WorkingCalendar(JAKARTA.zone, days_off=YEAR_END, extra_days=frozenset({at("2026-12-12 00:00").date()}))
    assert due_at(at("2026-12-11 10:00"), FIVE, calendar) == at("2026-12-17 23:59:59")


@pytest.mark.parametrize("amount", [0, -1, 3661])
def test_a_limit_that_makes_no_sense_is_refused(amount):
    with pytest.raises(ValueError, match="a limit is 1 to 3660"):
        Limit(amount)


def test_a_limit_in_an_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="working_days, calendar_days, hours"):
        Limit(5, "weeks")


# Holds. Forwarded on Monday 14 December 2026 with five days: 15, 16, 17, 18 and 21 December.
FORWARDED = at("2026-12-14 10:00")


@pytest.mark.parametrize(
    ("holds", "last_day"),
    [
        pytest.param([], "2026-12-21", id="no hold"),
        pytest.param([asked("2026-12-16 09:00", "2026-12-16 15:00")], "2026-12-21", id="asked and answered in a day"),
        pytest.param([asked("2026-12-16 09:00", "2026-12-16 09:00")], "2026-12-21", id="no time at all"),
        pytest.param(
            [asked("2026-12-16 15:00", "2026-12-18 09:00")], "2026-12-23", id="16 to 18: two days not counted"
        ),
        pytest.param([asked("2026-12-18 15:00", "2026-12-20 20:00")], "2026-12-21", id="over a weekend"),
        pytest.param([asked("2026-12-18 15:00", "2026-12-21 08:00")], "2026-12-22", id="the Monday of the reply"),
        pytest.param([asked("2026-12-18 15:00", "2026-12-25 08:00")], "2026-12-28", id="into Christmas"),
        pytest.param(
            [asked("2026-12-15 09:00", "2026-12-16 09:00"), asked("2026-12-17 09:00", "2026-12-18 09:00")],
            "2026-12-23",
            id="two holds of a day each",
        ),
        pytest.param(
            [asked("2026-12-15 09:00", "2026-12-17 09:00"), asked("2026-12-16 09:00", "2026-12-18 09:00")],
            "2026-12-28",
            id="overlapping rows count once",
        ),
        pytest.param([asked("2026-12-01 09:00", "2026-12-10 09:00")], "2026-12-21", id="before the clock began"),
        pytest.param([asked("2026-12-18 09:00", "2026-12-16 09:00")], "2026-12-21", id="ends before it begins"),
    ],
)
def test_what_remained_when_the_reporter_was_asked_remains_after_the_reply(holds, last_day):
    assert due_at(FORWARDED, FIVE, JAKARTA, holds) == at(f"{last_day} 23:59:59")


def test_a_clock_does_not_run_out_while_it_stands_still():
    on_the_last_day = asked("2026-12-21 10:00", "2026-12-23 14:00")
    assert due_at(FORWARDED, FIVE, JAKARTA, [on_the_last_day]) == at("2026-12-23 23:59:59")


def test_a_hold_of_the_last_day_that_ends_on_a_day_off_leaves_the_next_working_day():
    on_the_last_day = asked("2026-12-21 10:00", "2026-12-24 14:00")
    assert due_at(FORWARDED, FIVE, JAKARTA, [on_the_last_day]) == at("2026-12-28 23:59:59")


def test_two_holds_in_a_row_on_the_last_day_carry_on():
    holds = [asked("2026-12-21 10:00", "2026-12-22 14:00"), asked("2026-12-22 15:00", "2026-12-23 08:00")]
    assert due_at(FORWARDED, FIVE, JAKARTA, holds) == at("2026-12-23 23:59:59")


def test_a_hold_never_un_lates():
    the_day_after = asked("2026-12-22 00:00:00", "2027-02-01 10:00")
    assert due_at(FORWARDED, FIVE, JAKARTA, [the_day_after]) == at("2026-12-21 23:59:59")


def test_an_open_hold_is_reckoned_as_of_a_moment_and_without_one_not_at_all():
    still_open = [asked("2026-12-16 15:00")]
    assert due_at(FORWARDED, FIVE, JAKARTA, still_open) == at("2026-12-21 23:59:59")
    assert due_at(FORWARDED, FIVE, JAKARTA, still_open, as_of=at("2026-12-18 09:00")) == at("2026-12-23 23:59:59")


def test_hours_on_hold_are_added_to_the_second():
    limit, start = Limit(10, "hours"), at("2026-12-14 10:00")
    assert due_at(start, limit, JAKARTA, [asked("2026-12-14 12:00", "2026-12-14 15:30")]) == at("2026-12-14 23:30")
    assert due_at(start, limit, JAKARTA, [asked("2026-12-14 08:00", "2026-12-14 11:00")]) == at("2026-12-14 21:00")
    assert due_at(start, limit, JAKARTA, [asked("2026-12-14 20:01", "2026-12-15 11:00")]) == at("2026-12-14 20:00")


def test_the_statutory_clock_starts_when_the_file_is_complete():
    verified, completed = at("2026-12-01 09:00"), at("2026-12-03 20:00")
    assert complete_file_at(verified, completed) == complete_file_at(completed, verified) == completed
    assert complete_file_at(verified, None) == verified
    assert complete_file_at(None, completed) is None


def test_the_last_second_of_the_limit_is_on_time_and_the_next_is_late():
    due = due_at(FORWARDED, FIVE, JAKARTA)
    assert on_time(due, due)
    assert not is_late(due, now=due)
    assert not on_time(due, due + timedelta(seconds=1))
    assert is_late(due, now=due + timedelta(seconds=1))
    assert not on_time(due, None)
    assert not is_late(due, now=due + timedelta(days=9), stopped_at=due)
    assert is_late(due, now=due + timedelta(days=9), stopped_at=due + timedelta(days=1))


@pytest.mark.parametrize(
    ("start", "n", "opening"),
    [
        pytest.param("2026-12-14 10:00", 0, "2026-12-14 10:00", id="at once, in office hours"),
        pytest.param("2026-12-14 06:00", 0, "2026-12-14 08:00", id="before the opening"),
        pytest.param("2026-12-11 16:00", 0, "2026-12-14 08:00", id="after closing on Friday"),
        pytest.param("2026-12-24 10:00", 0, "2026-12-28 08:00", id="on a day of joint leave"),
        pytest.param("2026-12-14 10:00", 1, "2026-12-15 08:00", id="the day after"),
        pytest.param("2026-12-14 10:00", 4, "2026-12-18 08:00", id="more than three days"),
        pytest.param("2026-12-18 10:00", 1, "2026-12-21 08:00", id="over a weekend"),
        pytest.param("2027-01-08 23:59:59", -3, "2027-01-04 08:00", id="three working days before a limit"),
        pytest.param("2027-01-08 23:59:59", 1, "2027-01-11 08:00", id="the day after a limit"),
    ],
)
def test_a_step_is_due_when_the_recipient_s_office_opens(start, n, opening):
    assert nth_opening(at(start), n, JAKARTA) == at(opening)


def test_a_step_waits_as_long_as_the_case_was_on_hold():
    hold = Pause(at("2026-12-14 15:00"), at("2026-12-16 09:00"))
    assert nth_opening(FORWARDED, 1, JAKARTA, [hold]) == at("2026-12-17 08:00")
