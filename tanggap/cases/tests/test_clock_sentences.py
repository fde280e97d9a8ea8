"""A clock in one sentence: what a reader can check by hand, and that its numbers are those of the rule."""

import re
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from tanggap.cases.clocks import Limit, due_at, explain
from tanggap.cases.tests.clock_samples import JAKARTA, LIMITS, asked, at, calendars, moments, pauses
from tanggap.common import formats
from tanggap.common.clockwords import sentence, short_reasons
from tanggap.directory.calendar import WorkingCalendar

MONDAY_OFF = WorkingCalendar(JAKARTA.zone, days_off={date(2026, 11, 23): "Cuti bersama"})


def first_answer(start, now, holds=(), calendar=MONDAY_OFF, **given):
    return explain("first_answer", at(start), Limit(5), calendar, holds, at(now), **given)


def test_a_sentence_names_the_day_the_limit_the_day_off_and_the_pause():
    view = first_answer("2026-11-16 09:00", "2026-11-20 10:00", [asked("2026-11-17 10:00", "2026-11-19 09:00")])
    assert sentence(view) == (
        "Tanggapan pertama: hari ke-2 dari 5, jatuh tempo Kamis, 26 November 2026 pukul 23.59 WIB; "
        "23 November cuti bersama tidak dihitung; dijeda 2 hari kerja menunggu pelapor"
    )
    assert short_reasons(view) == "Sen 23 Nov cuti bersama, dijeda 2 hari kerja"


def test_the_same_in_english():
    view = first_answer("2026-11-16 09:00", "2026-11-20 10:00", [asked("2026-11-17 10:00", "2026-11-19 09:00")])
    with translation.override("en"):
        assert sentence(view) == (
            "First answer: day 2 of 5, due Thursday, 26 November 2026, 23:59 WIB; "
            "23 November cuti bersama does not count; paused for 2 working days waiting for the reporter"
        )


def test_a_late_clock_and_one_that_stands_still_say_so_first():
    assert sentence(first_answer("2026-11-02 09:00", "2026-11-12 09:00")).startswith(
        "Tanggapan pertama: terlambat 3 hari kerja, jatuh tempo Senin, 9 November 2026"
    )
    held = first_answer("2026-11-16 09:00", "2026-11-19 10:00", [asked("2026-11-17 10:00")])
    assert sentence(held).startswith("Tanggapan pertama: berhenti 2 hari kerja, menunggu pelapor, jatuh tempo")


def test_of_many_days_off_the_first_are_named_and_the_rest_counted():
    week = {date(2026, 11, 2) + timedelta(days=n): "Cuti bersama" for n in range(1, 12)}
    calendar = WorkingCalendar(JAKARTA.zone, days_off=week)
    words = sentence(first_answer("2026-11-02 09:00", "2026-11-02 10:00", calendar=calendar))
    assert words.count("cuti bersama") == 4
    assert "dan 5 hari libur lain" in words


def local(moment, calendar):
    return moment.astimezone(calendar.zone).date()


@given(calendars(), moments(), LIMITS, pauses(), moments())
def test_the_numbers_of_a_sentence_are_those_of_the_rule(calendar, start, limit, holds, now):
    assume(now >= start)
    view = explain("first_answer", start, limit, calendar, holds, now)
    words = sentence(view)
    known = [type(p)(p.start, min(p.end, now)) for p in holds if p.start <= now]
    due = due_at(start, limit, calendar, known)
    assert f"jatuh tempo {formats.long_datetime(due, calendar.zone)}" in words
    if view.status in ("running", "due") and view.day:
        day, of = map(int, re.search(r"hari ke-(\d+) dari (\d+)", words).groups())
        assert of == limit.amount
        assert 1 <= day <= of
    paused = re.search(r"dijeda (\d+) hari", words)
    assert int(paused[1]) == view.paused_days if paused else (not view.paused_days or view.status == "paused")


@given(calendars(), moments(), st.integers(1, 40), moments())
def test_the_days_between_start_and_limit_are_the_limit_the_days_off_it_names_and_the_days_outside_the_week(
    calendar, start, n, now
):
    assume(now >= start)
    view = explain("first_answer", start, Limit(n), calendar, (), now)
    first, last = local(start, calendar), local(view.due_at, calendar)
    days = [first + timedelta(days=k) for k in range(1, (last - first).days + 1)]
    outside = [day for day in days if day.weekday() not in calendar.week and day not in calendar.extra_days]
    assert len(days) == n + len(view.off_days) + len(outside)


@pytest.mark.parametrize("unit", ["hours", "calendar_days"])
def test_every_unit_has_a_sentence(unit):
    view = explain("verification", at("2026-11-16 09:00"), Limit(4, unit), JAKARTA, (), at("2026-11-16 10:00"))
    assert "jatuh tempo" in sentence(view)
