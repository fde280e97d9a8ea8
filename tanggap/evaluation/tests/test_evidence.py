"""Which officers come is known while a period runs and for a month after it; of older ones nobody has it."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from tanggap.accounts.models import Person
from tanggap.common.clock import frozen
from tanggap.evaluation.periods import Period, month_of
from tanggap.evaluation.selectors.evidence import evidence_scores
from tests.cast import DAY

pytestmark = pytest.mark.django_db
TODAY = DAY.date()


@pytest.fixture
def seen(cast):
    """One of three liaison officers of the regency came yesterday, another long ago."""
    for name, days in (("officer", 1), ("other_officer", 30), ("outsider", 1), ("verifier", 1)):
        Person.objects.filter(pk=cast.person(name).pk).update(last_seen_on=TODAY - timedelta(days=days))


@pytest.mark.parametrize("period", [month_of(TODAY), month_of(date(2026, 10, 3)), Period(date(2026, 1, 1), TODAY)])
def test_officers_who_came_within_a_month_of_all_in_their_posts(seen, period):
    with frozen(DAY):
        found = evidence_scores(["35.27", "35.02"], period)
    assert {code: items["active_officers"].value for code, items in found.items()} == {"35.27": Fraction(1, 3)}


@pytest.mark.parametrize("period", [month_of(date(2026, 9, 3)), month_of(date(2026, 12, 3))])
def test_of_other_months_nothing_is_known(seen, period):
    with frozen(DAY):
        assert evidence_scores(["35.27"], period) == {}


def test_who_has_left_the_post_is_not_counted(seen, cast):
    Person.objects.filter(pk=cast.person("other_officer").pk).update(is_active=False)
    with frozen(DAY):
        assert evidence_scores(["35.27"], month_of(TODAY))["35.27"]["active_officers"].value == Fraction(1, 2)
        assert evidence_scores(["35.02"], month_of(TODAY)) == {}
