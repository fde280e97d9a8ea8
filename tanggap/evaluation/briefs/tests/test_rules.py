"""Windows, clusters and questions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.evaluation.briefs.asking import MOST, questions
from tanggap.evaluation.briefs.bars import GROUND, bars
from tanggap.evaluation.briefs.baseline import Usual
from tanggap.evaluation.briefs.clusters import distinct, found_in, most_from
from tanggap.evaluation.briefs.content import Brief, Cluster, Endings, LateUnit, brief_of
from tanggap.evaluation.briefs.series import Standing
from tanggap.evaluation.briefs.windows import Length, Window, latest_over, window_asked, window_of

TODAY = date(2026, 11, 28)  # a Saturday
NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)
WEEK = Window(Length.WEEK, date(2026, 11, 16))


def test_a_week_begins_on_monday_and_a_month_on_its_first() -> None:
    assert latest_over(TODAY, Length.WEEK) == WEEK
    assert WEEK.last == date(2026, 11, 22)
    assert latest_over(TODAY, Length.MONTH) == Window(Length.MONTH, date(2026, 10, 1))
    assert latest_over(date(2026, 1, 5), Length.MONTH).last == date(2025, 12, 31)


@pytest.mark.parametrize(
    "day", ["", "kapan", "9999-12-31", "0001-01-01", "2027-01-01", "2026-13-40", "٢٠٢٦-١١-١٦", "\x00", "1" * 400]
)
@pytest.mark.parametrize("length", ["minggu", "", "tahun", "\x00"])
def test_an_address_that_means_nothing_shows_the_latest_week(day: str, length: str) -> None:
    assert window_asked(length, day, TODAY) == WEEK


def test_an_address_names_a_week_or_month_by_any_of_its_days() -> None:
    assert window_asked("minggu", "2026-11-08", TODAY) == Window(Length.WEEK, date(2026, 11, 2))
    assert window_asked("bulan", "2026-11-08", TODAY) == Window(Length.MONTH, date(2026, 11, 1))
    assert window_asked("minggu", "2026-11-08", TODAY, whole_months=True).length is Length.MONTH


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.sampled_from(list(Length)), st.integers(-60, 60))
def test_windows_follow_each_other_without_gap(day: date, length: Length, by: int) -> None:
    window = window_of(day, length)
    assert window.first <= day <= window.last
    assert window.shifted(by).shifted(-by) == window
    assert (window.shifted(1).first - window.last).days == 1


def test_a_cluster_is_a_district_or_the_village_that_has_most_of_it() -> None:
    counts = {
        ("air", "35.27.01.2001"): 4, ("air", "35.27.01"): 1, ("air", "35.27.02.2001"): 2,
        ("jalan", "35.27.03.2001"): 2, ("jalan", "35.27.03.2002"): 2, ("", "35.27.01"): 9, ("air", "35.27"): 9,
    }  # fmt: skip
    assert found_in(counts, 5) == [("air", "35.27.01.2001", 4), ("jalan", "35.27.03", 4)]
    assert found_in(counts, 1) == [("air", "35.27.01.2001", 4)]
    assert most_from(counts, "jalan") == ("35.27.03", 4)
    assert most_from(counts, "air") is None


def test_people_are_told_apart_by_any_contact_they_share() -> None:
    assert distinct([{b"a"}, {b"b"}, {b"a", b"b"}, {b"c"}, set(), set()]) == (2, 2)
    assert distinct([]) == (0, 0)
    assert distinct([{b"a", b"x"}, {b"b", b"y"}, {b"c"}, {b"y", b"c"}, {b"x", b"c"}]) == (1, 0)


@given(st.lists(st.sets(st.binary(min_size=1, max_size=1), max_size=3), max_size=12))
def test_the_order_of_cases_does_not_change_how_many_people_there_are(people: list[set[bytes]]) -> None:
    assert distinct(people) == distinct(people[::-1]) == distinct(sorted(people, key=sorted))
    assert sum(distinct(people)) <= len(people)


@given(st.lists(st.integers(0, 10**7), max_size=16))
def test_bars_stay_in_their_picture(counts: list[int]) -> None:
    for bar in bars(counts):
        assert bar.label >= 0
        assert bar.y + bar.height == GROUND


def told(name: str, now: int, low: int = 1, high: int = 5, n: int = 16) -> Standing:
    return Standing(name, name.title(), now, 2, Usual(low, high, 3.0, n), (1, 2, now))


def brief(**given: Any) -> Brief:
    plain = Brief(WEEK, "35.27", "Kabupaten Sampang", NOW, True, told("masuk", 3), Endings(), 0)
    return replace(plain, **given)


def test_three_questions_about_three_things_each_with_its_cases() -> None:
    full = brief(
        rising=(told("air", 17), told("jalan", 9)),
        places={"air": ("Kecamatan Camplong", 8)},
        units=(LateUnit(7, "Dinas A", 9, NOW, 2), LateUnit(8, "Dinas B", 1, NOW, 30)),
        clusters=(Cluster("air", "Air", "35.27.01", "Camplong", 8), Cluster("lampu", "Lampu", "35.27.02", "Omben", 4)),
        endings=Endings(closed=9, silent=8, returned=4),
        topics=(told("sampah", 6),),
    )
    asked = questions(full)
    assert [(one.rule, one.line) for one in asked] == [
        ("rising", "topik:air"), ("late", "unit:8"), ("cluster", "tempat:35.27.02/lampu"),
    ]  # fmt: skip
    assert asked[0].values | {"n": 17, "low": 1, "high": 5, "here": 8} == asked[0].values


@pytest.mark.parametrize(
    ("given", "rule", "line"),
    [
        ({"received": told("masuk", 0, low=4, high=20)}, "quiet", "masuk"),
        ({"endings": Endings(closed=9, silent=8)}, "silent", "selesai"),
        ({"endings": Endings(returned=3)}, "returned", "kembali"),
        ({"topics": (told("sampah", 4),)}, "largest", "topik:sampah"),
        ({"received": told("masuk", 0, low=0)}, "nothing", "masuk"),
        ({"units": (LateUnit(7, "Kabupaten A", 9, None, None),)}, "late_many", "unit:7"),
    ],
)
def test_every_rule_asks_from_its_figure(given: dict[str, Any], rule: str, line: str) -> None:
    found = questions(brief(**given))
    assert (found[0].rule, found[0].line) == (rule, line)
    assert len(found) <= MOST


def test_a_quiet_week_asks_nothing() -> None:
    assert questions(brief()) == ()


def test_a_brief_that_was_kept_is_the_same_brief() -> None:
    full = brief(
        rising=(told("air", 17),), topics=(told("air", 17),), places={"air": ("Camplong", 8)}, solved=(3, 4),
        units=(LateUnit(7, "Dinas A", 9, NOW, 2), LateUnit(8, "Kabupaten B", 9, None, None)),
        clusters=(Cluster("air", "Air", "35.27.01", "Camplong", 8, 6, 1),),
    )  # fmt: skip
    full = replace(full, questions=questions(full))
    assert brief_of(json.loads(json.dumps(full.as_json()))) == full
