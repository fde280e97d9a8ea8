"""Limits in hours for urgent cases, the mark of a verifier, and the ombudsman's questions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tanggap.accounts.actor import PUBLIC
from tanggap.cases.addressing import About
from tanggap.cases.custody import place_with
from tanggap.cases.inquiries import addressee_of, inquiries_for
from tanggap.cases.models import Case, DeadlinePolicy, Message
from tanggap.cases.selectors import Audience, clock_views, thread_for
from tanggap.cases.services.answer_inquiry import answer_inquiry
from tanggap.cases.services.ask_agency import MOST_OPEN, ask_agency
from tanggap.cases.services.mark_urgent import mark_urgent
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.common.errors import Forbidden, Invalid, Refused
from tanggap.directory import cache
from tanggap.directory.selectors import agency_by_code
from tanggap.ledger.models import Event
from tests.cast import DAY
from tests.paths import verify

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FIRE = "Kebakaran di pasar, tolong segera."


def fresh(case: Case) -> Case:
    return Case.objects.select_related("agency__body", "body").get(pk=case.pk)


def mark(case: Case, actor, urgent: bool = True, now=DAY + HOUR) -> Case:
    reason = "Anak-anak bermain di bawah kabel itu."
    return mark_urgent(tracking_id=case.tracking_id, urgent=urgent, reason=reason, actor=actor, now=now)


@pytest.mark.parametrize("channel", ["web", "sms", "whatsapp", "telegram", "api", "counter", "radio", "open311"])
def test_every_door_sets_the_mark_by_the_words(submit, channel) -> None:
    assert submit(text=FIRE, channel=channel).case.urgent
    assert not submit(channel=channel).case.urgent


def test_an_urgent_case_has_two_hours_to_be_verified_and_a_day_for_its_first_answer(submit, cast) -> None:
    case = submit(text=FIRE).case
    assert case.verification_due_at == DAY + 2 * HOUR
    assert case.due_at == DAY + 2 * HOUR
    case = verify(case, cast, "35.27/dpupr", DAY + HOUR)
    assert case.answer_due_at == DAY + 25 * HOUR
    first = {view.name: view for view in clock_views(fresh(case), now=DAY + 2 * HOUR)}
    assert (first["verification"].limit, first["verification"].unit) == (2, "hours")
    assert (first["first_answer"].limit, first["first_answer"].unit) == (24, "hours")
    assert first["resolution"].unit == "working_days"


def test_hours_run_over_the_weekend(submit) -> None:
    saturday = DAY + timedelta(days=5)
    assert submit(text=FIRE, now=saturday).case.verification_due_at == saturday + 2 * HOUR


def test_other_cases_know_nothing_of_the_hours(submit) -> None:
    case = submit().case
    assert (case.verification_due_at - DAY).days >= 3


@pytest.mark.parametrize(("amount", "unit", "expected"), [(6, "hours", 6), (30, "hours", 24), (1, "working_days", 24)])
def test_an_agency_s_own_stricter_rule_for_all_its_cases_stays(submit, cast, amount, unit, expected) -> None:
    DeadlinePolicy.objects.create(
        clock="first_answer",
        classification="complaint",
        agency=agency_by_code("35.27"),
        amount=amount,
        unit=unit,
        valid_from=DAY.date(),
        source="Peraturan Bupati",
    )
    cache.clear()
    case = verify(submit(text=FIRE).case, cast, "35.27/dpupr", DAY + HOUR)
    assert case.answer_due_at == DAY + HOUR + expected * HOUR


def test_a_verifier_marks_a_case_and_takes_the_mark_back_with_reasons_that_stay(submit, cast) -> None:
    case = submit().case
    before = case.verification_due_at
    marked = mark(case, cast["verifier"])
    assert marked.urgent
    assert marked.verification_due_at == DAY + 2 * HOUR
    lifted = mark(case, cast["verifier"], urgent=False)
    assert not lifted.urgent
    assert lifted.verification_due_at == before
    names = list(Event.objects.filter(stream=case.stream).order_by("seq").values_list("name", flat=True))
    assert names == ["case.submitted", "case.marked_urgent", "case.urgency_lifted"]
    assert Message.objects.filter(case=case, kind="note").count() == 2
    told = thread_for(fresh(case), Audience.REPORTER)
    assert [entry.event for entry in told if entry.kind == "event"] == ["case.submitted"]
    assert not [entry for entry in told if entry.kind == "note"]


def test_marked_after_verification_only_the_clock_that_still_runs_changes(submit, cast) -> None:
    case = verify(submit().case, cast, "35.27/dpupr", DAY + 5 * HOUR)
    marked = mark(case, cast["verifier"], now=DAY + 6 * HOUR)
    assert marked.answer_due_at == DAY + 29 * HOUR
    views = {view.name: view for view in clock_views(fresh(case), now=DAY + 7 * HOUR)}
    assert views["verification"].unit == "working_days"
    assert views["verification"].late_days == 0
    assert views["first_answer"].unit == "hours"


@pytest.mark.parametrize("state", ["answered", "closed", "archived"])
def test_once_answered_the_mark_moves_no_more(case_in, cast, state) -> None:
    case = case_in(state)
    with pytest.raises(Refused):
        mark(case, cast["national_admin"], now=DAY + 4 * HOUR)
    assert not fresh(case).urgent


def test_who_cannot_verify_cannot_mark_and_a_mark_needs_a_reason(case_in, cast) -> None:
    case = case_in("forwarded")
    before = Event.objects.count()
    for name in ("officer", "health_officer", "leader", "ombudsman", "evaluator", "outsider", "citizen", "anonymous"):
        with pytest.raises(Forbidden):
            mark(case, cast[name])
    with pytest.raises(Invalid):
        mark_urgent(tracking_id=case.tracking_id, urgent=True, reason=" ", actor=cast["verifier"], now=DAY)
    with pytest.raises(Refused):
        mark(case, cast["verifier"], urgent=False)
    assert Event.objects.count() == before


def ask(case: Case, actor, question: str = "Kapan lampu diganti?"):
    return ask_agency(tracking_id=case.tracking_id, question=question, actor=actor, now=DAY + 5 * HOUR)


def reply(inquiry, actor, text: str = "Diganti hari Senin."):
    number = inquiry.case.tracking_id
    return answer_inquiry(tracking_id=number, inquiry_id=inquiry.pk, answer=text, actor=actor, now=DAY + 6 * HOUR)


def test_the_ombudsman_asks_with_a_clock_of_five_working_days_and_the_case_stays_as_it_is(case_in, cast) -> None:
    case = case_in("in_progress")
    before = {key: value for key, value in Case.objects.values().get(pk=case.pk).items()}
    inquiry = ask(case, cast["ombudsman"])
    assert inquiry.agency.code == "35.27/dpupr"
    assert inquiry.due_at.isoformat() == "2026-11-16T23:59:59+07:00"
    answered = reply(inquiry, cast["officer"])
    assert answered.answered_by_key == cast.person("officer").key
    assert {key: value for key, value in Case.objects.values().get(pk=case.pk).items()} == before
    with pytest.raises(Refused):
        reply(inquiry, cast["verifier"], "Lain lagi.")


@pytest.mark.parametrize("state", ["unverified", "on_hold", "answered", "closed", "archived"])
def test_it_can_ask_in_every_state(case_in, cast, state) -> None:
    case = case_in(state)
    inquiry = ask(case, cast["ombudsman"])
    assert reply(inquiry, cast["verifier"]).answer == "Diganti hari Senin."


def test_nobody_but_the_ombudsman_asks_and_only_the_agency_asked_answers(case_in, cast) -> None:
    case = case_in("in_progress")
    for name in ("verifier", "officer", "inspector", "national_admin", "leader", "evaluator", "citizen", "anonymous"):
        with pytest.raises(Forbidden):
            ask(case, cast[name])
    with pytest.raises(Invalid):
        ask(case, cast["ombudsman"], "  ")
    inquiry = ask(case, cast["ombudsman"])
    for name in ("health_officer", "outsider", "leader", "ombudsman", "evaluator", "citizen", "anonymous"):
        with pytest.raises(Forbidden):
            reply(inquiry, cast[name])


def test_so_many_questions_wait_at_once_and_no_more(case_in, cast) -> None:
    case = case_in("in_progress")
    for _number in range(MOST_OPEN):
        ask(case, cast["ombudsman"])
    with pytest.raises(Refused):
        ask(case, cast["ombudsman"])


def test_neither_the_reporter_nor_the_public_nor_another_agency_reads_it(case_in, cast) -> None:
    case = case_in("in_progress")
    ask(case, cast["ombudsman"], "Zqtanyazq?")
    for audience in Audience:
        assert "Zqtanyazq" not in str(thread_for(case, audience))
    readers = ("verifier", "officer", "ombudsman", "national_admin", "inspector", "leader")
    strangers = ("health_officer", "outsider", "citizen", "anonymous")
    assert all(inquiries_for(cast[name], case) for name in readers)
    assert not any(inquiries_for(cast[name].proving(case.pk), case) for name in strangers)


def test_about_a_guarded_case_the_accused_agency_is_never_asked(cast) -> None:
    about = About(agencies=[agency_by_code("35.27/dinkes")])
    submission = Submission(text="Pungutan di klinik.", channel="web", about=about, agency=agency_by_code("35.27"))
    case = submit_case(submission=submission, actor=PUBLIC, now=DAY).case
    place_with(case, agency_by_code("35.27/dinkes"))
    assert addressee_of(case).code == "35.27"
    place_with(case, agency_by_code("35.27"))
    inquiry = ask(case, cast["ombudsman"])
    for name in ("health_officer", "unit_head"):
        assert not inquiries_for(cast[name], fresh(case))
        with pytest.raises(Forbidden):
            reply(inquiry, cast[name])


def test_a_case_about_the_whole_government_is_asked_of_the_nation(cast) -> None:
    about = About(agencies=[agency_by_code("35.27")])
    submission = Submission(text="Pungutan di kabupaten.", channel="web", about=about, agency=agency_by_code("35.27"))
    case = submit_case(submission=submission, actor=PUBLIC, now=DAY).case
    assert ask(case, cast["ombudsman"]).agency.code == "ID"
