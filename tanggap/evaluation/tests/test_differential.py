"""The tallies against a slow recomputation from the events, for everybody and every dimension, as of any time."""

from datetime import UTC, date, datetime, timedelta
from math import isclose
from random import Random

import pytest
from django.core.management import call_command

from tanggap.common import clock
from tanggap.directory.models import Region
from tanggap.directory.selectors import agency_by_code
from tanggap.directory.services.merge_agencies import merge_agencies
from tanggap.evaluation.groups import Group
from tanggap.evaluation.periods import Period, period_named
from tanggap.evaluation.selectors import group_cards, monthly_cards, region_card, report_card
from tanggap.evaluation.services.fold_everything import fold_everything
from tanggap.evaluation.services.fold_tallies import fold_tallies
from tanggap.evaluation.tests.random_events import begin, merge_body, write
from tanggap.evaluation.tests.slow_figures import Slow

pytestmark = pytest.mark.django_db
START = datetime(2024, 11, 20, tzinfo=UTC)
NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)
WHO = ("ID", "35", "35.27", "35.27/dpupr", "35.27/dinkes", "35.02", "91.71", "91.71/dinkes", "53.71")
WHERE = ("35", "35.27", "35.27.03", "91.71", "91")
PERIODS = (
    (date(2025, 1, 1), date(2025, 12, 31)),
    (date(2024, 11, 1), date(2026, 2, 28)),
    (date(2025, 3, 17), date(2025, 8, 4)),
    (date(2025, 5, 10), date(2025, 5, 20)),
)
ABOUT = 0.02
"""How far a median or percentile of holders may be off: they come from histograms alone."""


def same(told, slow, path=""):
    """Equal to the digit; times to a microsecond, what comes from histograms to 2 %."""
    if isinstance(slow, dict):
        assert told.keys() == slow.keys(), (path, told, slow)
        for key, value in slow.items():
            same(told[key], value, f"{path}.{key}")
    elif isinstance(slow, float) and isinstance(told, float):
        loose = path.startswith(".held") and not path.endswith("mean")
        assert isclose(told, slow, rel_tol=ABOUT if loose else 1e-9, abs_tol=1e-3 if loose else 1e-10), (
            path,
            told,
            slow,
        )
    else:
        assert told == slow, (path, told, slow)


def figures_of(card):
    as_json = card.as_json()
    return {key: as_json[key] for key in as_json if key not in ("agency", "region", "from", "to", "as_of")}


def compare(as_of: datetime | None) -> int:
    slow, compared = Slow(as_of or NOW, as_of), 0
    for first, last in PERIODS:
        for of, card in [(agency_by_code(code), report_card) for code in WHO] + [
            (Region.objects.get(pk=code), region_card) for code in WHERE
        ]:
            found = figures_of(card(of, first, last, as_of))
            same(found, slow.card(of, first, last))
            compared += found["total"]
    return compared


def histories(seed: int, number: int):
    """Cases in some stages, counted in between in batches of any size; a body goes up in another in the middle."""
    random = Random(seed)
    lines = [begin(random, START) for _ in range(number)]
    for stage in range(5):
        for line in random.sample(lines, k=number * 3 // 4):
            for _ in range(random.randrange(6)):
                line.step()
        if stage == 3:
            regency, city = agency_by_code("53.71"), agency_by_code("35.27")
            merge_agencies(
                agency=regency, into=city, last_day=date(2025, 10, 1), actor_key="test", reason="Uji", now=START
            )
            merge_body(lines, regency.pk, city, datetime(2025, 10, 2, tzinfo=UTC))
        write(lines)
        for _ in range(random.randrange(4)):
            fold_tallies(now=NOW - timedelta(days=random.randrange(200)), batch=random.randrange(1, 2 * number))


def compare_rows() -> None:
    """The cards of a group and the months of a trend are those taken one by one."""
    slow, year = Slow(NOW), Period(*PERIODS[0])
    for card in group_cards(Group.REGENCY_AND_CITY, year):
        of = agency_by_code(card.agency)
        assert (card.figures.total, card.figures.by_state) == (
            (slow_card := slow.card(of, year.first, year.last))["total"],
            slow_card["by_state"],
        )
    for of in (agency_by_code("91.71"), Region.objects.get(pk="35.27.03")):
        for card in monthly_cards(of, period_named("2025-S1")):
            assert card.figures.total == slow.card(of, card.first, card.last)["total"]


def check(seed: int, number: int) -> None:
    with clock.frozen(NOW):
        histories(seed, number)
        assert compare(None) > number  # with changes that wait to be folded in
        compare_rows()
        fold_everything(now=NOW)
        compare(None)
        compare_rows()
        for as_of in (datetime(2025, 4, 1, 5, tzinfo=UTC), datetime(2025, 12, 30, 20, tzinfo=UTC)):
            compare(as_of)
        call_command("rebuild_tallies")
        compare(None)


def test_tallies_equal_a_slow_recomputation_for_300_random_histories():
    check(1, 300)


@pytest.mark.long
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("seed", range(2, 12))
def test_tallies_equal_a_slow_recomputation_for_3000_random_histories(seed):
    check(seed, 300)
