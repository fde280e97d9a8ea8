"""Rankings of the example: a frozen half year, a quarter that waits for a second pair of eyes, the mass submissions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from tanggap.accounts.actor import OPERATOR
from tanggap.demo.crowd import crowd
from tanggap.demo.models import DemoLoad
from tanggap.evaluation.models import RankedPeriod
from tanggap.evaluation.periods import Period, period_named
from tanggap.evaluation.selectors.recount import tallies_are_missing
from tanggap.evaluation.services.compute_period import compute_period
from tanggap.evaluation.services.find_mass_submissions import find_mass_submissions
from tanggap.evaluation.services.freeze_period import freeze_period
from tanggap.evaluation.services.publish_open_data import publish_open_data
from tanggap.evaluation.services.publish_period import publish_period
from tanggap.evaluation.services.raise_flags import raise_flags
from tanggap.evaluation.services.rebuild_tallies import rebuild_tallies
from tanggap.evaluation.services.request_period import request_period
from tanggap.evaluation.services.review_period import review_period

A_YEAR = timedelta(days=370)
WHOLE = 1000
"""In a smaller example, such as the tests load, there would be nobody to rank."""


def judge_the_past(*, day: date, now: datetime, tell: Callable[[str], object]) -> None:
    """Rank what the example holds of the time before its first day; again changes nothing."""
    if RankedPeriod.objects.exists() or DemoLoad.objects.filter(cases__lt=WHOLE).exists():
        return
    if tallies_are_missing():
        rebuild_tallies(now=now)
    half, quarter = halves_and_quarters(day)
    for period in (half, quarter):
        row = request_period(name=period.name, first=period.first, last=period.last, actor=OPERATOR, now=now)
        compute_period(period_id=row.pk, now=now)
        raise_flags(period_id=row.pk, now=now)
    for step in (review_period, publish_period, freeze_period):
        step(name=half.name, actor=OPERATOR, now=now)
    crowd(now=now)
    find_mass_submissions(now=now, since=now - A_YEAR)
    publish_open_data(now=now)
    tell(f"Contoh: peringkat {half.name} dibekukan, {quarter.name} menunggu diperiksa")


def halves_and_quarters(day: date) -> tuple[Period, Period]:
    """The last whole half year and the last whole quarter before a day."""
    return _last(day, 6, "S"), _last(day, 3, "Q")


def _last(day: date, months: int, letter: str) -> Period:
    a_year = 12 // months
    index = day.year * a_year + (day.month - 1) // months - 1
    found = period_named(f"{index // a_year}-{letter}{index % a_year + 1}")
    assert found is not None
    return found
