"""The sweep takes each step once, tells the right people, and stops with its clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tanggap.cases.models import Case
from tanggap.cases.services.answer_case import answer_case
from tanggap.escalation.models import TakenStep, Watch
from tanggap.escalation.services.sweep import sweep
from tanggap.escalation.services.watch_case import watch_cases
from tanggap.notify.models import Message
from tests.cast import DAY, WIB, Cast
from tests.paths import final

CaseIn = Callable[..., Case]


def watched(case: Case, now: datetime = DAY) -> Case:
    watch_cases([case.pk], now=now)
    return case


def test_the_officer_of_the_unit_hears_of_a_new_case_at_once(case_in: CaseIn, cast: Cast) -> None:
    case = watched(case_in("forwarded", unit="35.27/dpupr"))
    swept = sweep(now=DAY + timedelta(hours=2))
    step = TakenStep.objects.get(case=case)
    assert (swept.cases, swept.steps) == (1, 1)
    assert (step.clock, step.number, step.kind, step.asked_role, step.role) == (
        "first_answer", 1, "message", "liaison_officer", "liaison_officer",
    )  # fmt: skip
    told = Message.objects.filter(source=f"step:{step.pk}")
    assert {row.recipient_key for row in told} == {cast.person(name).key for name in ("officer", "other_officer")}


def test_a_step_is_taken_once(case_in: CaseIn) -> None:
    watched(case_in("forwarded"))
    for minutes in (120, 121, 122):
        sweep(now=DAY + timedelta(minutes=minutes))
    assert TakenStep.objects.count() == 1


def test_nothing_is_sent_after_the_final_answer(case_in: CaseIn, cast: Cast) -> None:
    case = watched(case_in("forwarded"))
    answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast["officer"], now=DAY + timedelta(hours=2))
    assert sweep(now=DAY + timedelta(days=3)).steps == 0


def test_the_watch_names_the_next_step(case_in: CaseIn) -> None:
    case = watched(case_in("forwarded"))
    sweep(now=DAY + timedelta(hours=2))
    assert Watch.objects.get(case=case).next_check_at == datetime(2026, 11, 10, 8, tzinfo=WIB)
