"""After an outage: one message each, the rest on record; and what is done does not grow with what waits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, connections

from tanggap.accounts.actor import PUBLIC
from tanggap.cases.models import Case
from tanggap.cases.services.hold_case import hold_case
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.escalation.models import TakenStep, Watch
from tanggap.escalation.services.sweep import sweep
from tanggap.escalation.services.watch_case import watch_cases
from tanggap.escalation.services.watch_missing import watch_missing
from tanggap.escalation.tests.world import ZONES, acting, forwarded, staffed
from tanggap.ledger.models import Event
from tanggap.notify.models import Message
from tests.counting import Statements

UNIT = "35.78/dinkes"
START = datetime(2026, 5, 12, 10, tzinfo=ZONES["WIB"])
WEEK_LATER = datetime(2026, 5, 19, 9, tzinfo=ZONES["WIB"])


def decided(case: Case) -> list[tuple[int, str]]:
    rows = TakenStep.objects.filter(case=case, clock="first_answer").order_by("number")
    return [(row.number, row.state) for row in rows]


def test_a_week_without_a_sweep_sends_only_the_step_now_due(db: None) -> None:
    case = forwarded(UNIT, staffed(UNIT), START)
    watch_cases([case.pk], now=START)
    swept = sweep(now=WEEK_LATER)
    assert (swept.steps, swept.skipped) == (1, 2)
    assert decided(case) == [(1, "skipped"), (2, "skipped"), (3, "taken")]
    assert Message.objects.filter(stream=case.stream).count() == 1
    names = list(Event.objects.filter(stream=case.stream, name__startswith="ladder.").values_list("name", flat=True))
    assert sorted(names) == ["ladder.step_skipped", "ladder.step_skipped", "ladder.step_taken"]


def test_a_lost_reaction_is_made_good(db: None) -> None:
    case = forwarded(UNIT, staffed(UNIT), START)
    assert not Watch.objects.exists()
    assert watch_missing(now=START) == 1
    assert watch_missing(now=START) == 0
    assert sweep(now=START).steps == 1
    assert decided(case) == [(1, "taken")]


def test_a_watch_that_missed_an_event_is_found(db: None) -> None:
    case = forwarded(UNIT, staffed(UNIT), START)
    watch_cases([case.pk], now=START)
    Watch.objects.update(event_id=0)
    # The ledger says itself when an event was written down.
    now = Event.objects.latest("recorded_at").recorded_at
    assert watch_missing(now=now) == 1
    assert watch_missing(now=now) == 0


def test_an_open_hold_stops_the_ladder_and_its_end_moves_it(db: None) -> None:
    people = staffed(UNIT)
    case = forwarded(UNIT, people, START)
    watch_cases([case.pk], now=START)
    sweep(now=START)
    officer = acting(people["liaison_officer"])
    hold_case(tracking_id=case.tracking_id, question="Di nomor berapa?", actor=officer, now=START + timedelta(hours=1))
    watch_cases([case.pk], now=START + timedelta(hours=1))
    assert sweep(now=WEEK_LATER - timedelta(days=1)).steps == 0
    back = datetime(2026, 5, 18, 21, tzinfo=ZONES["WIB"])
    reply_to_case(tracking_id=case.tracking_id, text="Di nomor tujuh.", actor=PUBLIC.proving(case.pk), now=back)
    watch_cases([case.pk], now=back)
    # Tuesday was used up by the question and Monday by the reply: the first working day is Tuesday 19 May.
    assert Watch.objects.get().next_check_at == datetime(2026, 5, 19, 8, tzinfo=ZONES["WIB"])


@pytest.mark.parametrize("count", [3])
def test_a_batch_costs_the_same_statements_however_many_cases(db: None, count: int) -> None:
    people = staffed(UNIT)

    def spent(number: int, at: datetime) -> int:
        cases = [forwarded(UNIT, people, at) for _ in range(number)]
        watch_cases([case.pk for case in cases], now=at)
        with Statements(
            connection,
        ) as queries:
            assert sweep(now=at).steps == number
        # Whether the reference data changed is asked once a second, however much is done in it.
        return sum("referencerevision" not in query["sql"] for query in queries.captured_queries)

    first = spent(1, START)
    assert spent(count, START + timedelta(minutes=5)) == spent(4 * count, START + timedelta(minutes=10))
    assert first <= 40


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_take_each_step_once() -> None:
    people = staffed(UNIT)
    cases = [forwarded(UNIT, people, START) for _ in range(20)]
    watch_cases([case.pk for case in cases], now=START)
    at_once(lambda: sweep(now=START), 4)
    assert TakenStep.objects.count() == 20
    assert Message.objects.filter(source__startswith="step:").count() == 20


def at_once(do: Callable[[], object], times: int) -> None:
    """Run it in several threads that start together; fails with what any of them raised."""
    gate, failures = threading.Barrier(times), []

    def one() -> None:
        try:
            gate.wait(10)
            do()
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures, failures


def test_the_day_after_a_long_weekend_is_day_two(db: None) -> None:
    case = forwarded(UNIT, staffed(UNIT), START)
    watch_cases([case.pk], now=START)
    sweep(now=datetime(2026, 5, 17, 12, tzinfo=ZONES["WIB"]))
    assert decided(case) == [(1, "skipped"), (2, "taken")]
    # Decided on a Sunday after an outage, it leaves when the office opens.
    opening = datetime.combine(date(2026, 5, 18), datetime.min.time(), ZONES["WIB"]) + timedelta(hours=8)
    assert Message.objects.get().not_before == opening
