"""What holds of every limit, calendar and hold."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from tanggap.cases.clocks import Limit, Pause, due_at, explain, nth_opening
from tanggap.cases.tests.clock_samples import LIMITS, LIMITS_OF_ANY_UNIT, WIB, ZONES, calendars, moments, pauses

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def local_day(moment, calendar):
    return moment.astimezone(calendar.zone).date()


def due_by_walking(start, limit, calendar, holds):
    """The rule of deadlines.py, day by day: slow, and without its arithmetic."""
    days = [(local_day(p.start, calendar), local_day(p.end, calendar)) for p in holds if p.end > p.start]

    def counts(day):
        return limit.unit == "calendar_days" or calendar.is_working(day)

    day, left = local_day(start, calendar), limit.amount
    while left:
        day += DAY
        left -= counts(day) and not any(a < day <= b for a, b in days)
    while any(p.start <= calendar.end_of(day) < p.end for p in holds):
        day += DAY
        while not counts(day):
            day += DAY
    return calendar.end_of(day)


@given(calendars(), moments(), LIMITS, pauses())
def test_the_arithmetic_agrees_with_walking_day_by_day(calendar, start, limit, holds):
    assert due_at(start, limit, calendar, holds) == due_by_walking(start, limit, calendar, holds)


@given(calendars(), moments(), st.integers(1, 70))
def test_adding_n_working_days_and_counting_them_gives_n(calendar, start, n):
    due = due_at(start, Limit(n), calendar)
    assert calendar.count(local_day(start, calendar), local_day(due, calendar)) == n


@given(calendars(), moments(), st.integers(1, 70), pauses())
def test_a_limit_of_working_days_ends_in_the_last_second_of_a_working_day(calendar, start, n, holds):
    due = due_at(start, Limit(n), calendar, holds)
    assert calendar.is_working(due.date())
    assert (due.hour, due.minute, due.second, due.tzinfo) == (23, 59, 59, calendar.zone)


@given(calendars(), moments(), moments(), LIMITS_OF_ANY_UNIT, pauses())
def test_a_later_start_is_never_due_earlier(calendar, one, other, limit, holds):
    first, second = sorted((one, other))
    assert due_at(first, limit, calendar, holds) <= due_at(second, limit, calendar, holds)


@given(calendars(), moments(), LIMITS_OF_ANY_UNIT, pauses())
def test_a_longer_limit_is_never_due_earlier(calendar, start, limit, holds):
    longer = replace(limit, amount=limit.amount + 1)
    assert due_at(start, limit, calendar, holds) <= due_at(start, longer, calendar, holds)


@given(calendars(), moments(), LIMITS_OF_ANY_UNIT, pauses(), moments(), st.integers(0, 30 * 86_400))
def test_a_further_or_longer_hold_only_postpones(calendar, start, limit, holds, asked_at, seconds):
    due = due_at(start, limit, calendar, holds)
    shorter = due_at(start, limit, calendar, [*holds, Pause(asked_at, asked_at + seconds * SECOND)])
    longer = due_at(start, limit, calendar, [*holds, Pause(asked_at, asked_at + (seconds + 90_000) * SECOND)])
    assert due <= shorter <= longer


@given(calendars(), moments(), LIMITS_OF_ANY_UNIT, pauses(), st.integers(1, 30 * 86_400), st.integers(0, 9_000_000))
def test_a_hold_that_begins_after_the_limit_changes_nothing(calendar, start, limit, holds, seconds, length):
    due = due_at(start, limit, calendar, holds)
    after = Pause(due + seconds * SECOND, due + (seconds + length) * SECOND)
    assert due_at(start, limit, calendar, [*holds, after]) == due


@given(calendars(), moments(), LIMITS_OF_ANY_UNIT, moments())
def test_no_clock_runs_out_while_it_stands_still(calendar, start, limit, now):
    asked_at = min(start + DAY / 2, due_at(start, limit, calendar))
    assume(now > asked_at)
    assert due_at(start, limit, calendar, [Pause(asked_at)], as_of=now) >= now.replace(microsecond=0)


@given(calendars(), moments(), LIMITS, st.integers(0, 86_399), pauses())
def test_a_question_asked_and_answered_on_one_day_moves_nothing(calendar, start, limit, second, holds):
    midnight = calendar.end_of(local_day(start, calendar)) + SECOND
    within_a_day = Pause(midnight + second * SECOND, midnight + 86_399 * SECOND)
    assert due_at(start, limit, calendar, [*holds, within_a_day]) == due_at(start, limit, calendar, holds)


@given(calendars(), moments(), LIMITS, pauses())
def test_the_same_wall_clock_in_another_zone_is_due_at_the_same_wall_clock(calendar, start, limit, holds):
    def moved(moment, zone):
        return moment.astimezone(WIB).replace(tzinfo=zone)

    local = [
        due_at(
            moved(start, zone),
            limit,
            replace(calendar, zone=zone),
            [Pause(moved(p.start, zone), moved(p.end, zone)) for p in holds],
        ).replace(tzinfo=None)
        for zone in ZONES
    ]
    assert local[0] == local[1] == local[2]


@given(calendars(), moments(), LIMITS, pauses(), moments(), st.booleans())
def test_an_explanation_agrees_with_the_limit(calendar, start, limit, holds, now, stopped):
    assume(now >= start)
    view = explain("x", start, limit, calendar, holds, now, stopped_at=now if stopped else None)
    known = [Pause(p.start, min(p.end, now)) for p in holds if p.start <= now]
    assert view.due_at == due_at(start, limit, calendar, known)
    assert view.late is (now > view.due_at)
    assert (view.day <= limit.amount) or view.late
    if view.late:
        assert view.day >= limit.amount
    if view.status == "due":
        assert local_day(now, calendar) == view.due_at.date()
    if not known and not view.late and local_day(now, calendar) == view.due_at.date():
        assert view.day == limit.amount
    assert view.days_left >= 0
    assert view.paused_days >= 0


@given(calendars(), moments(), LIMITS, pauses(), moments(1500), st.booleans())
def test_a_bar_is_bounded_in_order_and_ends_where_the_clock_does(calendar, start, limit, holds, now, stopped):
    assume(now >= start)
    view = explain("x", start, limit, calendar, holds, now, stopped_at=now if stopped else None)
    dates = [box.date for box in view.boxes if box.kind != "limit"]
    assert 1 <= len(view.boxes) <= 120
    assert dates == sorted(set(dates))
    assert max(local_day(now, calendar), view.due_at.date()) - dates[-1] < view.box_days * DAY
    kinds = [box.kind for box in view.boxes]
    assert kinds.count("done") == stopped
    assert kinds.count("limit") == view.late
    assert kinds.count("today") <= 1


@given(calendars(), moments(), st.integers(1, 31).map(Limit), moments())
def test_without_a_hold_the_boxes_that_count_are_as_many_as_the_limit(calendar, start, limit, now):
    assume(start <= now <= due_at(start, limit, calendar))
    view = explain("x", start, limit, calendar, [], now)
    assume(view.box_days == 1)
    counts = [box.kind for box in view.boxes if box.kind != "off"]
    assert len(counts) == limit.amount
    assert sum(kind != "future" for kind in counts) == view.day


@given(calendars(), moments(), st.integers(0, 20), pauses())
def test_a_step_is_due_on_a_working_day_within_office_hours_and_not_before_the_clock(calendar, start, n, holds):
    opening = nth_opening(start, n, calendar, holds)
    assert opening >= start
    assert calendar.is_open(opening)
    following = nth_opening(start, n + 1, calendar, holds)
    # An event on a day off: "at once" waits for the opening of day 1, when offset 1 is due as well.
    assert following > opening if n else following >= opening
