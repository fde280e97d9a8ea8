"""Turns on call: who may plan them, for whom, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tanggap.accounts.models import OnCallShift
from tanggap.accounts.selectors.on_call import may_take_shifts, on_call, shifts_governed_by
from tanggap.accounts.services.add_shift import add_shift
from tanggap.accounts.services.remove_shift import remove_shift
from tanggap.common.errors import Forbidden, Invalid, Refused
from tanggap.directory.selectors import agency_by_code
from tanggap.ledger.models import Event
from tests.cast import DAY

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def plan(cast, *, by="verifier", whom="verifier", code="35.27", start=1, hours=12):
    return add_shift(
        agency=agency_by_code(code),
        person=cast.person(whom),
        starts_at=DAY + start * HOUR,
        ends_at=DAY + (start + hours) * HOUR,
        actor=cast[by],
        now=DAY,
    )


def test_a_coordinator_plans_turns_in_the_own_subtree_and_a_national_admin_everywhere(cast) -> None:
    plan(cast)
    plan(cast, code="35.27/dinkes")
    plan(cast, by="national_admin", whom="outsider", code="35.02")
    for by, code in (("verifier", "35.02"), ("officer", "35.27"), ("ombudsman", "35.27"), ("inspector", "35.27")):
        with pytest.raises(Forbidden):
            plan(cast, by=by, code=code)
    assert OnCallShift.objects.count() == 3
    assert [shift.agency.code for shift in shifts_governed_by(cast["outsider"], at=DAY)] == ["35.02"]
    assert Event.objects.filter(name="person.on_call_added").count() == 3


def test_only_whoever_could_open_an_unverified_case_takes_a_turn(cast) -> None:
    allowed = set(may_take_shifts(agency_by_code("35.27"), on=DAY.date()))
    assert allowed == {cast.person(name) for name in ("verifier", "inspector", "national_admin")}
    with pytest.raises(Invalid):
        plan(cast, whom="officer")
    with pytest.raises(Invalid):
        plan(cast, whom="outsider")


@pytest.mark.parametrize(("start", "hours"), [(1, 0), (1, -2), (-10, 5), (1, 24 * 40), (24 * 400, 5)])
def test_a_turn_has_times_that_can_be(cast, start, hours) -> None:
    with pytest.raises(Invalid):
        plan(cast, start=start, hours=hours)


def test_nobody_is_on_call_twice_at_once_for_one_agency(cast) -> None:
    plan(cast)
    with pytest.raises(Refused):
        plan(cast, start=5)
    plan(cast, start=13)


def test_it_begins_with_its_first_and_ends_before_its_last_moment(cast) -> None:
    plan(cast, whom="inspector", hours=2)
    agency = agency_by_code("35.27")
    inspector, verifier = [cast.person("inspector")], [cast.person("verifier")]
    assert on_call(agency, at=DAY) == verifier
    assert on_call(agency, at=DAY + HOUR) == inspector
    assert on_call(agency, at=DAY + 3 * HOUR) == verifier


def test_a_coming_turn_goes_a_running_one_ends_now_and_a_past_one_stays(cast) -> None:
    shift = plan(cast)
    with pytest.raises(Forbidden):
        remove_shift(shift_id=shift.pk, actor=cast["outsider"], now=DAY)
    remove_shift(shift_id=shift.pk, actor=cast["verifier"], now=DAY)
    assert not OnCallShift.objects.exists()
    shift = plan(cast)
    remove_shift(shift_id=shift.pk, actor=cast["verifier"], now=DAY + 2 * HOUR)
    shift.refresh_from_db()
    assert shift.ends_at == DAY + 2 * HOUR
    with pytest.raises(Refused):
        remove_shift(shift_id=shift.pk, actor=cast["verifier"], now=DAY + 3 * HOUR)


def test_whoever_lost_the_account_is_called_no_more(cast) -> None:
    plan(cast, whom="inspector")
    person = cast.person("inspector")
    person.is_active = False
    person.save(update_fields=["is_active"])
    assert on_call(agency_by_code("35.27"), at=DAY + 2 * HOUR) == [cast.person("verifier")]
