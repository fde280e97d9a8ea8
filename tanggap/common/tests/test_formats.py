"""Dates and numbers read as an Indonesian, or an English reader, would write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.common import formats

MOMENT = datetime(2026, 11, 25, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "lang", "words"),
    [
        ("Asia/Jakarta", "id", "Rabu, 25 November 2026 pukul 14.05 WIB"),
        ("Asia/Makassar", "id", "Rabu, 25 November 2026 pukul 15.05 WITA"),
        ("WIT", "id", "Rabu, 25 November 2026 pukul 16.05 WIT"),
        ("Asia/Jakarta", "en", "Wednesday, 25 November 2026, 14:05 WIB"),
        ("UTC", "en-gb", "Wednesday, 25 November 2026, 07:05 UTC+0"),
    ],
)
def test_a_moment_is_told_in_full_with_its_zone(zone: str, lang: str, words: str) -> None:
    assert formats.long_datetime(MOMENT, zone, lang) == words


def test_the_date_is_that_of_the_zone_not_of_utc() -> None:
    late = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    assert formats.long_datetime(late, "WIB") == "Jumat, 1 Januari 2027 pukul 00.00 WIB"


def test_short_dates_are_short() -> None:
    assert formats.short_date(date(2026, 8, 17)) == "Sen 17 Agu"
    assert formats.short_date(date(2026, 8, 17), "en") == "Mon 17 Aug"
    assert formats.short_datetime(MOMENT, "WIB") == "Rab 25 Nov 2026, 14.05"


def test_numbers_take_the_marks_of_the_language() -> None:
    assert formats.number("1234.5") == "1.234,5"
    assert formats.number("1234.5", "en") == "1,234.5"
    assert formats.number(-12, "id") == "\u221212"
    assert formats.number(2.345, digits=1) == "2,3"
    assert formats.percent(0.6489) == "64,9%"
    assert formats.percent(271 / 273, digits=2) == "99,27%"


def test_sizes_are_told_as_phones_tell_them() -> None:
    assert [formats.size(n) for n in (12, 148_000, 2_400_000)] == ["12 B", "148 kB", "2,4 MB"]


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_number_keeps_its_digits_in_both_languages(value: int) -> None:
    for lang, mark in (("id", "."), ("en", ",")):
        assert int(formats.number(value, lang).replace(mark, "").replace("\u2212", "-")) == value


@given(st.dates())
def test_a_long_date_names_the_right_weekday(day: date) -> None:
    assert formats.long_date(day, "en") == f"{day:%A}, {day.day} {day:%B} {day.year}"
