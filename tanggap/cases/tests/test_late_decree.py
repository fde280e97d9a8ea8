"""A late decree: every open limit again, each case told why, and what was late stays late."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from tanggap.cases.audit import audit
from tanggap.cases.clocks import Limit
from tanggap.cases.limit_changes import Wish, plan_limit
from tanggap.cases.models import Case, DeadlinePolicy, Recalculation
from tanggap.cases.previewing import preview
from tanggap.cases.reference import load
from tanggap.cases.services.change_limit import change_limit
from tanggap.cases.services.recompute_due_dates import recompute_due_dates
from tanggap.common.errors import Forbidden, Invalid
from tanggap.directory.calendar_edits import CalendarEdit, Day, DayEdit
from tanggap.directory.selectors import agency_by_code, calendar_of
from tanggap.directory.services.edit_calendar import edit_calendar
from tanggap.ledger.models import Event
from tanggap.ledger.selectors import events_of
from tests.cast import DAY, WIB
from tests.counting import Statements
from tests.paths import verify

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 11, 12)


def off(agency_id=None, day=THURSDAY):
    return CalendarEdit(days=(DayEdit(agency_id, day, None, Day("Cuti bersama susulan", "joint")),))


def decree(edit=None, agency_id=None, now=DAY):
    return edit_calendar(agency_id=agency_id, edit=edit or off(agency_id), actor_key="person:1", now=now)


def run(event, now=DAY, batch=200):
    rounds = 1
    while recompute_due_dates(event_id=event.pk, now=now, batch=batch):
        rounds += 1
    return rounds


def fresh(case):
    return Case.objects.get(pk=case.pk)


def moved_events(case):
    return [event for event in events_of(case.stream) if event.name == "case.due_dates_moved"]


def end(day):
    return datetime(2026, 11, day, 23, 59, 59, tzinfo=WIB)


def test_a_day_off_moves_the_limits_that_run_over_it_and_the_case_says_from_when_to_when(case_in):
    case = case_in("forwarded")
    before = fresh(case)
    event = decree()
    run(event)
    after = fresh(case)
    assert after.answer_due_at == before.answer_due_at + timedelta(days=1)
    assert after.due_at == after.answer_due_at, "what lists are ordered by moves along"
    (told,) = moved_events(case)
    assert told.data["reason"] == "calendar.changed"
    assert told.data["cause_event"] == event.pk
    assert datetime.fromisoformat(told.data["before"]["answer_due_at"]) == before.answer_due_at
    assert datetime.fromisoformat(told.data["changes"]["answer_due_at"]) == after.answer_due_at
    assert list(audit()) == []


def test_every_kind_of_limit_moves_and_clocks_that_stopped_stay(case_in):
    columns = {
        "unverified": "verification_due_at",
        "forwarded": "answer_due_at",
        "in_progress": "resolution_due_at",
        "on_hold": "hold_due_at",
        "answered": "window_ends_at",
    }
    cases = {state: case_in(state) for state in columns}
    closed = case_in("closed")
    before = {state: fresh(case) for state, case in cases.items()}
    kept = Case.objects.filter(pk=closed.pk).values().get()
    run(decree())
    for state, column in columns.items():
        assert getattr(fresh(cases[state]), column) > getattr(before[state], column), state
    assert fresh(cases["answered"]).resolution_due_at == before["answered"].resolution_due_at
    assert Case.objects.filter(pk=closed.pk).values().get() == kept


def test_only_the_agency_and_what_is_below_it_moves(case_in, submit):
    sampang, elsewhere = case_in("forwarded"), submit(agency="35.02").case
    agency = agency_by_code("35.27")
    before = fresh(elsewhere)
    run(decree(agency_id=agency.pk))
    assert moved_events(sampang)
    assert fresh(elsewhere).due_at == before.due_at
    assert not moved_events(elsewhere)


def test_a_case_that_is_late_stays_late(case_in):
    case = case_in("forwarded")
    now = DAY + timedelta(days=40)
    before = fresh(case)
    event = decree(off(day=now.date() + timedelta(days=1)), now=now)
    run(event, now=now)
    assert fresh(case).answer_due_at == before.answer_due_at < now
    assert not moved_events(case)


def test_taking_the_day_back_gives_the_old_dates_back(case_in):
    case = case_in("forwarded")
    before = fresh(case)
    run(decree())
    run(decree(off().reversed()))
    after = fresh(case)
    assert (after.answer_due_at, after.resolution_due_at) == (before.answer_due_at, before.resolution_due_at)
    assert len(moved_events(case)) == 2


def test_the_work_goes_in_batches_is_taken_up_where_it_was_left_and_says_what_moved(submit):
    cases = [submit().case for _ in range(5)]
    event = decree()
    assert recompute_due_dates(event_id=event.pk, now=DAY, batch=2)
    work = Recalculation.objects.get(event_id=event.pk)
    assert (work.total, work.looked_at, work.moved, work.finished_at) == (5, 2, 2, None)
    assert run(event, batch=2) == 2
    work.refresh_from_db()
    assert (work.looked_at, work.moved, work.later, work.earlier, work.finished_at) == (5, 5, 5, 0, DAY)
    run(event)
    assert all(len(moved_events(case)) == 1 for case in cases)


def test_secret_cases_move_too_but_stand_in_no_number_an_office_reads(submit):
    submit(secret=True)
    event = decree()
    run(event)
    work = Recalculation.objects.get(event_id=event.pk)
    assert (work.moved, work.hidden) == (0, 1)


def test_a_date_that_stands_for_another_reason_is_not_tidied_up(case_in):
    case = case_in("forwarded")
    odd = end(30)
    Case.objects.filter(pk=case.pk).update(answer_due_at=odd)
    run(decree(off(day=date(2026, 12, 1))))
    assert fresh(case).answer_due_at == odd


def test_an_imported_case_that_sleeps_goes_on_sleeping(case_in):
    case = case_in("forwarded")
    Case.objects.filter(pk=case.pk).update(dormant=True)
    run(decree())
    assert fresh(case).dormant
    assert moved_events(case)


def test_a_preview_says_what_the_job_then_does_and_writes_nothing(case_in, cast):
    case_in("forwarded"), case_in("unverified"), case_in("answered")
    events = Event.objects.count()
    seen = preview(off(), path="", actor=cast["national_admin"], now=DAY)
    assert (seen.open, seen.moved, seen.later, seen.earlier) == (3, 3, 3, 0)
    assert Event.objects.count() == events
    event = decree()
    run(event)
    assert Recalculation.objects.get(event_id=event.pk).moved == seen.moved


def test_a_preview_shows_only_cases_its_reader_may_see(case_in, cast):
    case_in("forwarded")
    assert preview(off(), path="", actor=cast["outsider"], now=DAY).examples == ()


def test_a_preview_takes_the_same_few_statements_for_many_cases(submit, cast):
    for _ in range(12):
        submit()
    actor = cast["verifier"]
    with Statements(connection) as caught:
        assert preview(off(), path=agency_by_code("35.27").path, actor=actor, now=DAY).moved == 12
    assert len(caught) <= 8


def wish(**given):
    kept = {
        "clock": "first_answer",
        "agency": agency_by_code("35.27"),
        "limit": Limit(3),
        "valid_from": DAY.date(),
        "source": "Perbup 12/2026",
    }
    return Wish(**{**kept, **given})


def test_an_agency_binds_itself_to_less_and_only_clocks_that_begin_then_have_it(case_in, submit, cast):
    running, tomorrow = case_in("forwarded"), DAY + timedelta(days=1)
    before = fresh(running)
    event = change_limit(wish=wish(valid_from=tomorrow.date()), actor=cast["verifier"], now=DAY)
    run(event)
    assert Recalculation.objects.get(event_id=event.pk).total == 0, "no clock has begun under it"
    assert fresh(running).answer_due_at == before.answer_due_at
    later = verify(submit(now=tomorrow).case, cast, "35.27/dpupr", tomorrow)
    assert later.answer_due_at == calendar_of(later.agency_id).due_at(tomorrow, 3)


def test_a_clock_that_began_today_gets_the_limit_of_today_as_the_preview_says(case_in, cast):
    case = case_in("forwarded")
    edit = plan_limit(wish(), now=DAY)
    seen = preview(edit, path=agency_by_code("35.27").path, actor=cast["verifier"], now=DAY)
    assert (seen.moved, seen.earlier) == (1, 1)
    assert seen.examples[0].case.pk == case.pk
    run(change_limit(wish=wish(), actor=cast["verifier"], now=DAY))
    assert [event.data["reason"] for event in moved_events(case)] == ["policy.changed"]
    assert fresh(case).answer_due_at == seen.examples[0].dates["answer_due_at"][1]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"limit": Limit(5)}, "amount"),
        ({"limit": Limit(9)}, "amount"),
        ({"limit": Limit(4, "calendar_days")}, "unit"),
        ({"valid_from": DAY.date() - timedelta(days=1)}, "valid_from"),
        ({"source": " "}, "source"),
        ({"clock": "window"}, "clock"),
        ({"clock": "resolution"}, "classification"),
        ({"classification": "complaint"}, "classification"),
    ],
)
def test_what_is_laxer_or_backdated_or_not_an_agencys_is_refused_and_changes_nothing(cast, given, field):
    rows = DeadlinePolicy.objects.count()
    with pytest.raises(Invalid) as refused:
        change_limit(wish=wish(**given), actor=cast["verifier"], now=DAY)
    assert refused.value.field == field
    assert refused.value.message.endswith(".")
    assert DeadlinePolicy.objects.count() == rows
    assert not Event.objects.filter(stream__startswith="policy:").exists()


def test_a_neighbour_and_an_officer_change_no_limit(cast):
    for name in ("outsider", "officer"):
        with pytest.raises(Forbidden):
            change_limit(wish=wish(), actor=cast[name], now=DAY)
    with pytest.raises(Forbidden):
        change_limit(wish=wish(agency=None), actor=cast["verifier"], now=DAY)


def test_a_later_row_ends_the_one_before_and_ending_it_leads_back_to_what_is_inherited(cast):
    verifier, agency = cast["verifier"], agency_by_code("35.27")
    change_limit(wish=wish(), actor=verifier, now=DAY)
    change_limit(wish=wish(limit=Limit(2), valid_from=date(2027, 1, 1)), actor=verifier, now=DAY)
    change_limit(wish=wish(limit=None, valid_from=date(2027, 3, 1)), actor=verifier, now=DAY)
    rows = DeadlinePolicy.objects.filter(agency=agency).order_by("valid_from")
    assert [(row.amount, row.valid_until) for row in rows] == [
        (3, date(2026, 12, 31)),
        (2, date(2027, 2, 28)),
    ]


def test_a_national_limit_may_be_replaced_by_a_longer_one_from_a_day_on(cast):
    new = wish(agency=None, limit=Limit(7), valid_from=date(2027, 1, 1), source="PermenPANRB baru")
    change_limit(wish=new, actor=cast["national_admin"], now=DAY)
    rows = DeadlinePolicy.objects.filter(clock="first_answer", agency=None, urgent=False).order_by("valid_from")
    assert [(row.amount, row.valid_until) for row in rows] == [(5, date(2026, 12, 31)), (7, None)]


def test_reference_data_loaded_again_leaves_edited_limits_alone(cast):
    new = wish(agency=None, limit=Limit(7), valid_from=DAY.date(), source="PermenPANRB baru")
    change_limit(wish=new, actor=cast["national_admin"], now=DAY)
    load(lambda _line: None)
    rows = DeadlinePolicy.objects.filter(clock="first_answer", agency=None, urgent=False)
    assert sorted(rows.values_list("amount", "valid_until")) == [(5, date(2026, 11, 8)), (7, None)]
