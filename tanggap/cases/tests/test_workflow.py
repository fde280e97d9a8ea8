"""Every state × action × role, at the services' own door: what is not allowed is refused and changes nothing."""

from __future__ import annotations

import itertools

import pytest

from tanggap.cases.models import Case
from tanggap.cases.policies import actor_may, authorize, standings
from tanggap.cases.workflow import MOVES, Action, Refusal, Standing, State, advance, may
from tanggap.common.errors import Forbidden
from tests.cast import POSTS

PEOPLE = [*POSTS, "citizen", "anonymous", "timer"]


@pytest.mark.parametrize(("state", "action"), list(itertools.product(State, MOVES)))
def test_a_move_leads_where_the_table_says_and_nowhere_else(state: State, action: Action) -> None:
    move = MOVES[action]
    if state not in move.sources:
        with pytest.raises(Refusal):
            advance(state, action, before=State.FORWARDED)
        return
    after = advance(state, action, before=State.FORWARDED)
    assert after == {"same": state, "before": State.FORWARDED}.get(move.to, move.to)


def test_no_table_row_closes_a_case_that_was_not_answered() -> None:
    closing = [action for action, move in MOVES.items() if move.to == State.CLOSED]
    assert all(MOVES[action].sources == {State.ANSWERED} for action in closing)


def test_only_the_reporter_withdraws_confirms_objects_and_lowers_confidentiality() -> None:
    for action in (Action.WITHDRAW, Action.CONFIRM, Action.OBJECT, Action.LOWER_CONFIDENTIALITY, Action.RATE):
        assert MOVES[action].who == {Standing.REPORTER}


EXPECTED: dict[str, dict[str, set[Standing]]] = {
    # person → what they are to a complaint held by 35.27/dpupr, before and after verification
    "verifier": {
        "unverified": {Standing.COORDINATOR, Standing.VERIFIER},
        "later": {Standing.COORDINATOR, Standing.HOLDER},
    },
    "officer": {"unverified": set(), "later": {Standing.HOLDER}},
    "other_officer": {"unverified": set(), "later": {Standing.HOLDER}},
    "health_officer": {"unverified": set(), "later": set()},
    "unit_head": {"unverified": set(), "later": set()},
    "inspector": {"unverified": {Standing.INSPECTOR}, "later": {Standing.INSPECTOR}},
    "leader": {"unverified": set(), "later": set()},
    "outsider": {"unverified": set(), "later": set()},
    "evaluator": {"unverified": set(), "later": set()},
    "ombudsman": {"unverified": {Standing.OMBUDSMAN}, "later": {Standing.OMBUDSMAN}},
    "national_admin": {
        "unverified": {Standing.NATIONAL_ADMIN, Standing.VERIFIER},
        "later": {Standing.NATIONAL_ADMIN, Standing.VERIFIER},
    },
    "citizen": {"unverified": {Standing.REPORTER}, "later": {Standing.REPORTER}},
    "anonymous": {"unverified": set(), "later": set()},
    "timer": {"unverified": {Standing.TIMER}, "later": {Standing.TIMER}},
}


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(State))
def test_every_role_may_do_exactly_what_its_standing_allows(state, case_in, cast) -> None:
    case = case_in(state.value)
    stage = "unverified" if case.verified_at is None else "later"
    for name in PEOPLE:
        actor = cast[name].proving(case.pk) if name == "citizen" else cast[name]
        expected = EXPECTED[name][stage] | (set() if name == "timer" else {Standing.ANYBODY})
        assert standings(actor, case) - {Standing.READER} == expected, name
        for action in MOVES:
            possible = state in MOVES[action].sources and not (MOVES[action].to == "before" and not case.state_before)
            allowed = bool(MOVES[action].who & expected)
            assert actor_may(actor, action, case) == (possible and allowed), (name, action)
            if not allowed:
                with pytest.raises(Forbidden):
                    authorize(actor, action, case)


@pytest.mark.django_db
def test_readers_see_and_do_nothing_but_the_ombudsman_asks_and_takes_the_bundle(case_in, cast) -> None:
    case = case_in("forwarded")
    asks = {Action.ASK_AGENCY, Action.EXPORT_BUNDLE}
    for name, extra in (("leader", set()), ("evaluator", set()), ("ombudsman", asks)):
        found = standings(cast[name], case)
        assert Standing.READER in found
        assert {action for action in MOVES if may(action, found)} == {Action.ENDORSE} | extra


@pytest.mark.django_db
def test_the_database_itself_refuses_an_unknown_state_and_a_closing_without_answer(case_in) -> None:
    from django.db import IntegrityError, transaction

    case = case_in("forwarded")
    for change in ({"state": "lost"}, {"state": "closed", "due_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**change)
