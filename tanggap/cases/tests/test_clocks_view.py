"""A clock explains itself: the bars of the design pages, drawn again from their dates."""

import pytest

from tanggap.cases.clocks import Limit, explain
from tanggap.cases.tests.clock_samples import JAKARTA, asked, at, day

MARKS = {"p": "past", "T": "today", "D": "done", "L": "late", "h": "held", ".": "off", "|": "limit", "_": "future"}
TUESDAY = at("2026-12-22 10:25")


def bar(view):
    """The boxes as letters: `pp..T__`."""
    letters = {kind: letter for letter, kind in MARKS.items()}
    return "".join(letters[box.kind] for box in view.boxes)


def first_answer(start, now=TUESDAY, holds=(), stopped=None, limit=5):
    return explain("first_answer", at(start), Limit(limit), JAKARTA, holds, now, at(stopped) if stopped else None)


def test_on_the_last_day_the_clock_is_due():
    view = first_answer("2026-12-15 09:00")
    assert (view.status, view.day, view.limit, view.days_left, view.late) == ("due", 5, 5, 0, False)
    assert bar(view) == "ppp..pT"
    assert [box.date.day for box in view.boxes] == [16, 17, 18, 19, 20, 21, 22]
    assert view.started_on == day("2026-12-15")
    assert view.due_at == at("2026-12-22 23:59:59")


def test_a_running_clock_names_the_holidays_ahead_and_not_the_weekends():
    view = first_answer("2026-12-15 09:00", limit=14)
    assert (view.status, view.day, view.days_left) == ("running", 5, 9)
    assert bar(view) == "ppp..pT_....____..._.___"
    assert [d for d, _name in view.off_days] == [
        day("2026-12-24"), day("2026-12-25"), day("2027-01-01"), day("2027-01-05"),
    ]  # fmt: skip
    assert dict(view.off_days)[day("2026-12-25")] == "Hari Raya Natal"


def test_a_late_clock_marks_its_limit_and_counts_the_days_since():
    view = first_answer("2026-12-11 16:00")
    assert (view.status, view.late_days, view.day) == ("late", 2, 7)
    assert bar(view) == "..ppppp|..LL"


def test_a_clock_is_late_by_a_day_as_soon_as_the_limit_has_passed():
    view = first_answer("2026-12-11 16:00", now=at("2026-12-19 00:00:00"))
    assert (view.status, view.late_days, view.day) == ("late", 1, 5)
    assert bar(view) == "..ppppp|."


def test_days_on_hold_are_dashed_and_move_the_limit():
    view = first_answer("2026-12-14 10:00", holds=[asked("2026-12-16 15:00", "2026-12-18 16:00")])
    assert (view.status, view.day, view.paused_days) == ("running", 4, 2)
    assert bar(view) == "pphh..pT_"
    assert view.due_at == at("2026-12-23 23:59:59")


def test_while_the_reporter_is_waited_for_today_does_not_count():
    view = first_answer("2026-12-16 10:00", holds=[asked("2026-12-18 15:00")])
    assert (view.status, view.day, view.paused_days) == ("paused", 2, 2)
    assert bar(view) == "pp..hh_....__"


def test_a_hold_after_the_limit_leaves_the_clock_late_and_counts_no_further_day():
    view = first_answer("2026-12-11 16:00", holds=[asked("2026-12-21 09:00")])
    assert (view.status, view.late_days) == ("late", 1)
    assert bar(view) == "..ppppp|..Lh"


def test_a_hold_of_the_last_day_keeps_it_day_five_of_five():
    view = first_answer("2026-12-11 16:00", holds=[asked("2026-12-18 10:00", "2026-12-22 09:00")])
    assert (view.status, view.day) == ("due", 5)
    assert bar(view) == "..ppppp..hT"


def test_a_clock_stopped_in_time_shows_what_was_left():
    view = first_answer("2026-12-09 10:00", stopped="2026-12-21 15:20", limit=14)
    assert (view.status, view.day, view.late_days) == ("done", 8, 0)
    assert bar(view) == "pp..ppppp..D__....____"


def test_a_clock_stopped_too_late_says_so_for_good():
    view = first_answer("2026-12-07 10:00", stopped="2026-12-16 09:00")
    assert (view.status, view.late, view.late_days, view.day) == ("done", True, 2, 7)
    assert bar(view) == "pppp..p|LD"


def test_a_clock_stopped_on_the_day_it_began_or_on_a_day_off_still_shows_when():
    same_day = first_answer("2026-12-21 09:00", stopped="2026-12-21 11:00", limit=3)
    assert (same_day.day, bar(same_day)) == (0, "D__...._")
    saturday = first_answer("2026-12-18 09:00", stopped="2026-12-19 11:00", limit=3)
    assert (saturday.day, bar(saturday)) == (0, "D.___")


def test_what_happens_after_the_stop_does_not_touch_it():
    asked_later = asked("2026-12-17 09:00", "2026-12-22 09:00")
    stopped = first_answer("2026-12-15 09:00", holds=[asked_later], stopped="2026-12-17 08:00")
    assert stopped.due_at == at("2026-12-22 23:59:59")
    assert stopped.paused_days == 0


def test_the_day_of_the_event_is_day_nought():
    view = first_answer("2026-12-22 08:00")
    assert (view.status, view.day, bar(view)) == ("running", 0, "_....____")


def test_today_is_a_day_off_like_any_other():
    view = first_answer("2026-12-17 08:00", now=at("2026-12-19 12:00"))
    assert (view.status, view.day) == ("running", 1)
    assert bar(view) == "p..___...._"


def test_a_long_limit_has_one_box_a_week():
    view = first_answer("2026-10-01 09:00", limit=60)
    assert view.box_days == 7
    assert bar(view) == "pppppppppppT_"
    assert view.boxes[1].date == day("2026-10-09")


def test_sixty_calendar_days_count_sundays_and_name_no_holiday():
    view = explain("statutory", at("2026-12-01 09:00"), Limit(60, "calendar_days"), JAKARTA, [], TUESDAY)
    assert (view.day, view.unit, view.off_days) == (21, "calendar_days", ())
    assert bar(view) == "ppT______"


@pytest.mark.parametrize(("years", "box_days"), [(1, 21), (3, 56), (20, 336)])
def test_a_case_late_by_years_still_fits_on_a_page(years, box_days):
    view = first_answer(f"{2026 - years}-12-15 09:00")
    assert view.box_days == box_days
    assert len(view.boxes) <= 25
    assert view.status == "late"


def test_a_clock_of_hours_speaks_in_hours_and_has_no_boxes():
    limit, start = Limit(24, "hours"), at("2026-12-22 02:00")
    view = explain("urgent", start, limit, JAKARTA, [], TUESDAY)
    assert (view.status, view.day, view.days_left, view.boxes) == ("running", 8, 16, ())
    assert explain("urgent", start, limit, JAKARTA, [], at("2026-12-23 01:00")).status == "due"
    late = explain("urgent", start, limit, JAKARTA, [], at("2026-12-24 03:00"))
    assert (late.status, late.late_days, late.day) == ("late", 2, 49)
    held = explain("urgent", start, limit, JAKARTA, [asked("2026-12-22 03:00")], at("2026-12-24 04:00"))
    assert (held.status, held.day, held.paused_days) == ("paused", 1, 2)


def test_every_clock_tells_its_zone():
    assert first_answer("2026-12-15 09:00").zone is JAKARTA.zone
