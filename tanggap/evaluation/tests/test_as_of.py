"""A card asked for later as of a moment is the card that was taken at that moment."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from tanggap.common import clock
from tanggap.directory.models import Region
from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.selectors import region_card, report_card
from tanggap.evaluation.tests.histories import History
from tests.cast import DAY

pytestmark = pytest.mark.django_db
AGENCIES = ("ID", "35", "35.27", "35.27/dpupr", "35.27/dinkes", "35.02")
REGIONS = ("35", "35.27", "35.27.03")
PERIODS = ((date(2026, 11, 1), date(2027, 12, 31)), (date(2026, 11, 9), date(2026, 11, 13)))
ROUNDS, STEPS = 3, 60


def cards(as_of=None) -> list[dict]:
    taken = []
    for first, last in PERIODS:
        taken += [report_card(agency_by_code(code), first, last, as_of).as_json() for code in AGENCIES]
        taken += [region_card(Region.objects.get(pk=code), first, last, as_of).as_json() for code in REGIONS]
    return taken


def check(seed: int, cast) -> History:
    history = History(seed, cast, DAY)
    seen = []
    for _ in range(ROUNDS):
        history.steps(STEPS)
        at = history.now + timedelta(minutes=1)
        with clock.frozen(at):
            seen.append((at, cards()))
    for at, then in seen:
        for told, taken in zip(cards(as_of=at), then, strict=True):
            assert told == taken, f"seed {seed} as of {at}"
    call_command("audit")
    return history


@pytest.mark.parametrize("seed", range(3))
def test_a_card_as_of_a_moment_is_the_card_of_that_moment(seed, cast):
    history = check(seed, cast)
    assert sum(history.done.values()) > 40


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3, 60))
def test_a_card_as_of_a_moment_is_the_card_of_that_moment_however_things_went(seed, cast):
    check(seed, cast)
