"""The figures by hand: what is divided by what, and what each of them leaves out."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.cases.clocks import Pause
from tanggap.directory.calendar import WorkingCalendar
from tanggap.evaluation.figures import Figures, spread
from tanggap.evaluation.selectors.sheets import durations
from tanggap.evaluation.tallies.entry import A_DAY, World, entry_from
from tanggap.evaluation.tallies.facts import CaseFacts, answered_on_time, is_overdue
from tanggap.evaluation.tallies.sheet import sheet_from
from tanggap.evaluation.tallies.slots import slot_of
from tanggap.evaluation.tallies.summing import Sums

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 2, 9, tzinfo=WIB)
DAY = timedelta(days=1)
LATER = MONDAY + 300 * DAY


def fact(state: str = "forwarded", **given) -> CaseFacts:
    usual = {"channel": "web", "classification": "complaint", "category": None, "region": None, "agency_id": 1}
    return CaseFacts(state=state, **{**usual, "received_at": MONDAY, **given})


def card(*cases: CaseFacts, at: datetime = LATER) -> Figures:
    world = World(lambda _agency: WorkingCalendar(WIB), lambda _agency, _body: (0,))
    entries = [entry_from(n, case, at, world, ever=[], changed_at=at, seq=1) for n, case in enumerate(cases)]
    sums = Sums(lambda _node: True)
    sums.add(entries)
    counts = sums.counts.get((0, 1, slot_of(MONDAY)), {})
    return Figures(sheet_from(counts), durations(entries))


def test_nothing_to_divide_by_is_no_figure():
    empty = card()
    assert empty.total == 0
    assert set(empty.by_state.values()) == {0}
    assert empty.closed_over_total is empty.on_time_share is empty.satisfaction_mean is None
    assert (empty.first_answer_working_days.mean, empty.first_answer_working_days.n) == (None, 0)
    assert card(fact("archived")).closed_over_total_without_archived is None


def test_both_completion_formulas_and_the_one_without_archived():
    found = card(*[fact("closed")] * 2, fact("in_progress"), fact("answered"), fact("archived"), fact("unverified"))
    assert found.closed_over_total == 2 / 6
    assert found.closed_and_in_progress_over_total == 4 / 6
    assert found.closed_over_total_without_archived == 2 / 5


def test_a_merged_duplicate_is_out_of_every_total():
    found = card(fact("closed", rating=5), fact("archived", merged=True, rating=1, reopens=1, returns=1))
    assert (found.total, found.by_state["archived"], found.reopened, found.returned) == (1, 0, 0, 0)
    assert (found.satisfaction_mean, found.satisfaction_n) == (5, 1)


def test_what_is_missing_is_counted_as_none_and_a_village_belongs_to_its_district():
    found = card(
        fact(region="35.27.03.2001", category="PUPR-01"),
        fact(region="35.27.03"),
        fact(region="35.27"),
        fact(classification=None),
    )
    assert found.by_district == {"35.27.03": 2, "none": 2}
    assert found.by_category == {"PUPR-01": 1, "none": 3}
    assert found.by_classification == {"complaint": 3, "none": 1}


def test_a_first_answer_is_timed_from_forwarding_net_of_pauses_in_working_and_in_calendar_days():
    friday = MONDAY + 4 * DAY
    found = card(
        fact("answered", forwarded_at=friday, first_answered_at=friday + 3 * DAY),
        fact(
            "answered",
            forwarded_at=MONDAY,
            first_answered_at=MONDAY + 4 * DAY,
            pauses=(Pause(MONDAY + DAY, MONDAY + 2 * DAY),),
        ),
        fact("forwarded", forwarded_at=MONDAY),
    )
    assert found.first_answer_working_days.mean == (1 + 3) / 2
    assert found.first_answer_calendar_days.mean == (3 + 3) / 2
    assert found.first_answer_working_days.n == 2
    assert found.citizen_first_answer_calendar_days.mean == (7 + 4) / 2


@given(st.lists(st.integers(0, 1000 * A_DAY), min_size=1, max_size=60), st.randoms())
def test_a_spread_has_the_nearest_rank_and_no_order(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)
    found = spread(values)
    assert spread(shuffled) == found
    p90 = round(found.p90 * A_DAY)
    assert p90 in values
    assert sum(value <= p90 for value in values) >= 0.9 * len(values)
    assert sum(value < p90 for value in values) < 0.9 * len(values)
    assert min(values) / A_DAY <= found.mean <= max(values) / A_DAY + 1e-9


def test_percentiles_of_ten_and_of_eleven():
    assert spread([n * A_DAY for n in range(1, 11)]).p90 == 9
    assert spread([n * A_DAY for n in range(1, 12)]).p90 == 10
    assert spread([A_DAY, 2 * A_DAY, 3 * A_DAY, 10 * A_DAY]).median == 2.5


DUE = MONDAY + 7 * DAY
BEFORE, AFTER = DUE - DAY, DUE + DAY
HELD = (Pause(BEFORE),)


@pytest.mark.parametrize(
    ("case", "at", "expected"),
    [
        (fact("answered", answer_due_at=DUE, first_answered_at=BEFORE), LATER, True),
        (fact("answered", answer_due_at=DUE, first_answered_at=DUE), LATER, True),
        (fact("answered", answer_due_at=DUE, first_answered_at=AFTER), LATER, False),
        (fact("forwarded", answer_due_at=DUE), LATER, False),
        (fact("forwarded", answer_due_at=DUE), BEFORE, None),
        (fact("answered", answer_due_at=DUE, first_answered_at=BEFORE), DUE, None),
        (fact("unverified"), LATER, None),
        (fact("closed", answer_due_at=DUE), LATER, False),
        (fact("archived", answer_due_at=DUE, closed_at=BEFORE), LATER, None),
        (fact("archived", answer_due_at=DUE, closed_at=AFTER), LATER, False),
        (fact("on_hold", answer_due_at=DUE, pauses=HELD), LATER, None),
        (fact("on_hold", answer_due_at=BEFORE - DAY, pauses=HELD), LATER, False),
        (fact("on_hold", answer_due_at=DUE, first_answered_at=BEFORE, pauses=HELD), LATER, True),
    ],
)
def test_on_time_is_judged_once_the_limit_has_passed_and_the_unanswered_count(case, at, expected):
    assert answered_on_time(case, at) is expected


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (fact("unverified", verification_due_at=DUE), True),
        (fact("unverified", verification_due_at=LATER), False),
        (fact("forwarded", forwarded_at=MONDAY, answer_due_at=DUE, resolution_due_at=LATER), True),
        (fact("in_progress", forwarded_at=MONDAY, answer_due_at=DUE, resolution_due_at=LATER), True),
        (fact("in_progress", forwarded_at=MONDAY, first_answered_at=DUE, resolution_due_at=DUE), True),
        (fact("in_progress", forwarded_at=MONDAY, first_answered_at=DUE, resolution_due_at=LATER), False),
        (
            fact(
                "in_progress", forwarded_at=MONDAY, first_answered_at=DUE, resolution_due_at=DUE, objection_due_at=LATER
            ),
            False,
        ),
        (fact("on_hold", forwarded_at=MONDAY, answer_due_at=DUE, pauses=HELD), False),
        (fact("answered", forwarded_at=MONDAY, answer_due_at=DUE, first_answered_at=AFTER), False),
        (fact("closed", forwarded_at=MONDAY, answer_due_at=DUE), False),
        (fact("forwarded"), False),
    ],
)
def test_overdue_is_what_still_waits_past_the_limit_that_runs_now(case, expected):
    assert is_overdue(case, LATER - DAY) is expected


def test_silence_counts_only_for_what_closed_by_it():
    found = card(
        fact("closed", outcome="silent"), fact("closed", outcome="unreached"), fact("in_progress", outcome="silent")
    )
    assert found.closed_silent == 1
