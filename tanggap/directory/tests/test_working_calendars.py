"""Calendars of agencies: zones, and days off and weeks handed down the tree."""

from datetime import date, time

import pytest

from tanggap.common.errors import NotFound
from tanggap.directory import cache
from tanggap.directory.models import Agency, DayOff, OfficeWeek
from tanggap.directory.selectors import calendar_of

pytestmark = pytest.mark.django_db
SATURDAY, MONDAY = date(2026, 11, 21), date(2026, 11, 23)


def pk(code):
    return Agency.objects.get(code=code).pk


def test_everybody_keeps_national_holidays_and_joint_leave():
    calendar = calendar_of(None)
    assert calendar.why_off(date(2026, 12, 25))
    assert calendar.why_off(SATURDAY) == "Sabtu"
    assert (calendar.opens, calendar.closes) == (time(8), time(16))


def test_an_agency_has_its_own_zone():
    assert calendar_of(pk("91.71/dinkes")).zone.key == "Asia/Jayapura"
    assert calendar_of(pk("53.71/dinkes")).zone.key == "Asia/Makassar"


def test_a_regional_holiday_holds_for_all_units_below_and_nobody_else():
    DayOff.objects.create(date=MONDAY, name="Hari jadi Sampang", kind="regional", agency_id=pk("35.27"))
    cache.clear()
    assert calendar_of(pk("35.27/dinkes")).why_off(MONDAY) == "Hari jadi Sampang"
    assert calendar_of(pk("35.27/kec-35.27.01")).why_off(MONDAY) == "Hari jadi Sampang"
    assert calendar_of(pk("33.21/dinkes")).is_working(MONDAY)


def test_the_lowest_row_wins_over_those_above():
    DayOff.objects.create(date=MONDAY, name="Hari jadi", kind="regional", agency_id=pk("35.27"))
    DayOff.objects.create(date=MONDAY, name="Piket", kind="regional", agency_id=pk("35.27/rsud"), working=True)
    cache.clear()
    assert calendar_of(pk("35.27/rsud")).is_working(MONDAY)
    assert not calendar_of(pk("35.27/dinkes")).is_working(MONDAY)


def test_a_six_day_week_is_inherited_from_its_first_day_on():
    OfficeWeek.objects.create(
        agency_id=pk("35.27"), days="0,1,2,3,4,5", opens=time(7, 30), closes=time(14), valid_from=date(2026, 7, 1)
    )
    cache.clear()
    calendar = calendar_of(pk("35.27/dinkes"))
    assert calendar.is_working(SATURDAY)
    assert calendar.opening(SATURDAY).time() == time(7, 30)
    assert not calendar.is_working(date(2026, 6, 27)), "the Saturday before"
    assert calendar.opening(date(2026, 6, 30)).time() == time(8)
    assert calendar.closing(date(2026, 7, 1)).time() == time(14)
    assert not calendar_of(pk("33.21/dinkes")).is_working(SATURDAY)


def test_agencies_without_rows_of_their_own_share_one_calendar():
    assert calendar_of(pk("35.27/dinkes")) is calendar_of(pk("33.21/dishub"))


def test_a_calendar_costs_no_statement_once_known(django_assert_num_queries):
    unit = pk("35.27/dinkes")
    calendar_of(unit)
    with django_assert_num_queries(0):
        calendar_of(unit)


def test_an_unknown_agency_has_no_calendar():
    with pytest.raises(NotFound):
        calendar_of(999_999_999)
