"""The example has rankings: a frozen half year and a quarter that waits, whatever day it begins on."""

from datetime import UTC, date, datetime

import pytest

from tanggap.demo.judging import halves_and_quarters, judge_the_past
from tanggap.evaluation.models import RankedPeriod


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2026, 11, 18), ("2026-S1", "2026-Q3")),
        (date(2026, 1, 1), ("2025-S2", "2025-Q4")),
        (date(2026, 4, 1), ("2025-S2", "2026-Q1")),
        (date(2026, 7, 1), ("2026-S1", "2026-Q2")),
    ],
)
def test_the_periods_are_the_last_whole_ones(day, names):
    assert tuple(period.name for period in halves_and_quarters(day)) == names


@pytest.mark.django_db
def test_the_past_is_judged_once():
    for _again in range(2):
        judge_the_past(day=date(2026, 11, 18), now=datetime(2026, 11, 18, tzinfo=UTC), tell=lambda _line: None)
    assert dict(RankedPeriod.objects.values_list("name", "state")) == {"2026-S1": "frozen", "2026-Q3": "computed"}
