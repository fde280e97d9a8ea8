"""What is usual: series made by hand, and properties that hold for any."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.evaluation.briefs.baseline import FEWEST, LEAST, Verdict, usual
from tanggap.evaluation.briefs.series import standing
from tanggap.evaluation.briefs.windows import Length

STEADY = [6, 5, 7, 6, 8, 4, 6, 5, 7, 6, 3, 9, 6, 5, 7, 6]
histories = st.lists(st.integers(0, 400), min_size=FEWEST, max_size=16)


def poisson(rate: float, dice: random.Random) -> int:
    limit, product, count = math.exp(-rate), dice.random(), 0
    while product > limit:
        product *= dice.random()
        count += 1
    return count


def test_a_steady_topic_has_a_range_around_its_middle_and_a_wave_leaves_it() -> None:
    known = usual(STEADY)
    assert (known.low, known.middle, known.high) == (1, 6.0, 13)
    assert known.verdict(9) is Verdict.USUAL
    assert known.verdict(17) is Verdict.HIGH


def test_a_busy_office_that_falls_silent_is_noticed() -> None:
    assert usual([60, 55, 64, 58, 61, 57, 63, 59]).verdict(20) is Verdict.LOW


def test_an_outage_in_the_history_does_not_hide_a_wave_nor_make_one() -> None:
    dark = [6, 5, 7, 0, 0, 0, 0, 6, 5, 7, 6, 3, 9, 6, 5, 7]
    assert usual(dark).verdict(8) is Verdict.USUAL
    assert usual(dark).verdict(17) is Verdict.HIGH


def test_what_rises_every_rainy_season_is_no_news() -> None:
    dry = [3, 4, 2, 3, 5, 3, 2, 4, 3, 3, 4, 2, 3, 4, 3, 2]
    assert usual(dry).verdict(20) is Verdict.HIGH
    assert usual(dry, season=[18, 22, 19, 25, 17]).verdict(20) is Verdict.USUAL
    assert usual(dry, season=[18, 22, 19, 25, 17]).verdict(60) is Verdict.HIGH


def test_what_doubles_every_month_is_seen() -> None:
    grown = [round(6 * 2 ** (week / 4)) for week in range(17)]
    assert usual(grown[:16]).verdict(grown[16]) is Verdict.HIGH


def test_few_reports_are_no_wave_and_a_short_history_tells_nothing() -> None:
    assert usual([0] * 16).verdict(LEAST - 1) is Verdict.USUAL
    assert usual([0] * 16).verdict(4) is Verdict.HIGH
    assert usual([1, 2]).verdict(50) is Verdict.UNKNOWN
    assert usual([]).verdict(1) is Verdict.UNKNOWN


@pytest.mark.parametrize("rate", [0.3, 1, 3, 8, 25, 120])
def test_chance_alone_seldom_leaves_the_range(rate: float) -> None:
    dice = random.Random(f"{rate}")
    tries = 1500
    high = sum(
        usual([poisson(rate, dice) for _week in range(16)]).verdict(poisson(rate, dice)) is Verdict.HIGH
        for _try in range(tries)
    )
    assert high / tries < 0.015


@given(histories)
def test_the_middle_lies_in_the_range_and_the_order_of_the_history_is_nothing(history: list[int]) -> None:
    known = usual(history)
    assert 0 <= known.low <= known.middle <= known.high
    assert usual(list(reversed(history))) == known == usual(sorted(history))


@given(histories, st.integers(0, 900), st.integers(0, 50))
def test_more_reports_never_make_a_wave_smaller(history: list[int], count: int, more: int) -> None:
    known = usual(history)
    if known.verdict(count) is Verdict.HIGH:
        assert known.verdict(count + more) is Verdict.HIGH
    assert known.beyond(count + more) >= known.beyond(count)


@given(st.lists(st.integers(5, 15), min_size=13, max_size=16), st.lists(st.integers(0, 10**6), max_size=4))
def test_a_quarter_of_the_history_may_be_nonsense(good: list[int], nonsense: list[int]) -> None:
    known = usual([*good[len(nonsense) :], *nonsense])
    assert 5 <= known.middle <= 15
    assert known.high < 70


@given(histories, histories)
def test_a_season_only_widens(history: list[int], season: list[int]) -> None:
    alone, both = usual(history), usual(history, season)
    assert both.low <= alone.low
    assert both.high >= alone.high


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        usual([3, -1])


def test_time_before_the_first_case_is_no_history_of_nothing() -> None:
    counts = dict(enumerate([9, 6, 5, 7, 6, 5]))
    young = standing("x", "X", counts, length=Length.WEEK, since=5)
    assert (young.usual.n, young.verdict) == (5, Verdict.UNKNOWN)
    old = standing("x", "X", counts, length=Length.WEEK, since=30)
    assert (old.usual.n, old.verdict) == (16, Verdict.HIGH)
    assert old.shown == (5, 6, 7, 5, 6, 9)


def test_the_same_weeks_of_a_year_ago_are_its_season() -> None:
    counts = {0: 20, **dict.fromkeys(range(1, 17), 3), 50: 18, 51: 21, 52: 19, 53: 24, 54: 20}
    assert standing("x", "X", counts, length=Length.WEEK, since=56).verdict is Verdict.USUAL
    assert standing("x", "X", counts, length=Length.WEEK, since=40).verdict is Verdict.HIGH


def test_a_week_that_still_runs_is_compared_with_nothing() -> None:
    counts = {0: 40, **dict.fromkeys(range(1, 17), 3)}
    assert standing("x", "X", counts, length=Length.WEEK, since=56, over=False).verdict is Verdict.UNKNOWN
