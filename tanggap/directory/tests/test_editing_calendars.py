"""Days off and office weeks, edited: rows, event, and what is refused."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from tanggap.common.errors import Invalid, Refused
from tanggap.directory.calendar import Week
from tanggap.directory.calendar_edits import CalendarEdit, Day, DayEdit, WeekEdit
from tanggap.directory.models import Agency, DayOff, OfficeWeek
from tanggap.directory.selectors import calendar_of, edited_calendar_of
from tanggap.directory.services.edit_calendar import edit_calendar
from tanggap.directory.services.load_calendar import load_calendar
from tanggap.ledger.selectors import events_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 16, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
MONDAY = date(2026, 11, 23)
LEAVE = Day("Cuti bersama susulan", "joint")


def pk(code):
    return Agency.objects.get(code=code).pk


def off(agency_id, day=MONDAY, after=LEAVE, before=None):
    return CalendarEdit(days=(DayEdit(agency_id, day, before, after),))


def save(agency_id, edit):
    return edit_calendar(agency_id=agency_id, edit=edit, actor_key="person:1", now=NOW, reason="SKB susulan")


def test_a_saved_day_off_holds_at_once_and_stands_in_the_ledger():
    save(None, off(None))
    assert calendar_of(pk("35.27/dinkes")).why_off(MONDAY) == "Cuti bersama susulan"
    (event,) = events_of("calendar:national")
    assert (event.name, event.actor, event.data["reason"]) == ("calendar.changed", "person:1", "SKB susulan")
    assert CalendarEdit.from_json(event.data["edit"]) == off(None)


def test_a_preview_knows_the_calendar_before_it_is_saved_and_the_reverse_gives_the_old_one_back():
    sampang, unit = pk("35.27"), pk("35.27/dinkes")
    before, edit = calendar_of(unit), off(sampang)
    planned = edited_calendar_of(unit, edit)
    assert not planned.is_working(MONDAY)
    assert calendar_of(unit).is_working(MONDAY), "nothing is saved"
    save(sampang, edit)
    assert calendar_of(unit) == planned
    assert edited_calendar_of(unit, edit.reversed()) == before
    assert calendar_of(pk("33.21/dinkes")).is_working(MONDAY)


def test_an_agency_works_on_a_national_holiday_by_a_row_of_its_own():
    hospital = pk("35.27/rsud")
    save(hospital, off(hospital, date(2026, 12, 25), Day("Piket rumah sakit", "regional", working=True)))
    assert calendar_of(hospital).is_working(date(2026, 12, 25))
    assert not calendar_of(pk("35.27/dinkes")).is_working(date(2026, 12, 25))


def test_a_six_day_week_can_be_planned_and_taken_back():
    sampang = pk("35.27")
    week = Week(date(2027, 1, 1), frozenset(range(6)), time(7, 30), time(14))
    edit = CalendarEdit(weeks=(WeekEdit(sampang, week.valid_from, None, week),))
    assert edited_calendar_of(sampang, edit).is_working(date(2027, 1, 9))
    save(sampang, edit)
    assert calendar_of(sampang) == edited_calendar_of(sampang, CalendarEdit())
    assert calendar_of(sampang).is_working(date(2027, 1, 9))
    assert not calendar_of(sampang).is_working(date(2026, 12, 19))
    save(sampang, edit.reversed())
    assert not OfficeWeek.objects.filter(agency_id=sampang).exists()


@pytest.mark.parametrize("edit", [off(None, date(2026, 11, 13)), CalendarEdit()])
def test_the_past_and_nothing_at_all_are_refused_and_nothing_is_written(edit):
    with pytest.raises(Invalid):
        save(None, edit)
    assert not DayOff.objects.filter(date=date(2026, 11, 13)).exists()
    assert not list(events_of("calendar:national"))


def test_an_edit_made_from_an_old_page_is_refused():
    save(None, off(None))
    with pytest.raises(Refused):
        save(None, off(None, after=Day("Lain", "national")))
    assert DayOff.objects.get(date=MONDAY, agency=None).name == "Cuti bersama susulan"


def test_national_days_and_joint_leave_are_there_up_to_2027():
    kinds = set(DayOff.objects.filter(agency=None, date__year=2027).values_list("kind", flat=True))
    assert kinds == {"national", "joint"}


def test_a_new_year_is_loaded_once_as_an_estimate_and_edited_days_stay(capsys):
    own = DayOff.objects.create(date=date(2028, 1, 1), name="Diubah", kind="national")
    added = load_calendar(year=2028, actor_key="operator", now=NOW)
    assert len(added) > 10
    assert DayOff.objects.filter(date__year=2028, estimated=True).count() == len(added)
    own.refresh_from_db()
    assert (own.name, own.estimated) == ("Diubah", False)
    assert load_calendar(year=2028, actor_key="operator", now=NOW) == []
    call_command("load_calendar", year=2028)
    assert capsys.readouterr().out == ""
