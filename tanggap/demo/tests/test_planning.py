"""The plan: everything is in it, nothing is in the future, the same seed and day give the same words."""

import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta

import pytest

from tanggap.cases.substance import is_acknowledgement
from tanggap.cases.workflow import MOVES, Action, AnswerKind, ArchiveReason, Channel, Classification, State, advance
from tanggap.common.masking import mask
from tanggap.demo.planning.cases import Family, Kind, PlannedCase
from tanggap.demo.planning.make import begins, make_plan
from tanggap.demo.planning.matters import ANSWERS, bank
from tanggap.demo.planning.rhythm import seeded
from tanggap.demo.planning.wording import with_topic, wording
from tanggap.demo.tests.country import CODES, country

DAY = date(2026, 11, 18)  # a Wednesday
SMALL, LARGE = 150, 1500


@pytest.fixture(scope="module")
def large() -> tuple[Family, ...]:
    return make_plan(country(), seed=7, day=DAY, cases=LARGE)


@pytest.fixture(scope="module")
def small() -> tuple[Family, ...]:
    return make_plan(country(), seed=7, day=DAY, cases=SMALL)


def cases_of(plan: tuple[Family, ...]) -> list[PlannedCase]:
    return [case for family in plan for case in family.cases]


def state_of(case: PlannedCase) -> State:
    """Where the workflow leads; a plan it refuses fails here."""
    state, before = (State.FORWARDED if case.kind == Kind.PART else State.UNVERIFIED), None
    objections = 0
    for act in case.acts:
        if act.action == Action.OBJECT or act.rating in (1, 2):
            objections += 1
            if objections > 1:
                continue
            state = advance(state, Action.OBJECT)
            continue
        after = advance(state, act.action, before=before)
        if MOVES[act.action].to in (State.ON_HOLD, State.ARCHIVED):
            before = before if state == State.ON_HOLD else state
        state = after
    return state


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_plan_has_every_state_channel_province_classification_and_end(size, request):
    cases = cases_of(request.getfixturevalue(size))
    acts = [act for case in cases for act in case.acts]
    assert {state_of(case) for case in cases} == set(State)
    assert {case.channel for case in cases} == {channel.value for channel in Channel}
    assert {case.region[:2] for case in cases} == set(CODES)
    classified = {act.classification for act in acts if act.classification} | {"supervisory_complaint"}
    assert classified == {c.value for c in Classification}
    assert {act.answer.kind for act in acts if act.answer} == set(AnswerKind)
    reasons = {act.reason for act in acts if act.action == Action.ARCHIVE}
    ends = {act.action for act in acts}
    assert reasons == {r.value for r in ArchiveReason} - {"duplicate", "withdrawn", "incomplete", "out_of_scope"}
    assert ends >= {Action.MERGE, Action.WITHDRAW, Action.EXPIRE_HOLD, Action.REFER, Action.RETURN, Action.SPLIT}
    assert ends >= {Action.CONFIRM, Action.CLOSE_SILENT, Action.OBJECT, Action.REOPEN, Action.REPORT_PRESSURE}
    assert any(case.anonymous for case in cases)
    assert any(case.secret for case in cases)
    assert any(case.about for case in cases)


def test_a_larger_plan_has_everything_else_too(large):
    cases = cases_of(large)
    acts = Counter(act.action for case in cases for act in case.acts)
    assert set(acts) >= {
        Action.ACCEPT, Action.ANNOTATE, Action.ASSIGN, Action.ASK_REPORTER, Action.COMPLETE, Action.HOLD,
        Action.RATE, Action.REPLY, Action.ENDORSE, Action.RESUME, Action.FORWARD, Action.RAISE_CONFIDENTIALITY,
    }  # fmt: skip
    assert len({case.topic for case in cases}) > 45
    # Half of what people report comes more than once only because streets repeat, never word for word.
    assert len({case.text for case in cases}) > 0.9 * len(cases)


def test_nothing_happens_after_the_day_begins_and_every_life_is_in_order(large):
    end = begins(DAY)
    for case in cases_of(large):
        moments = [case.received_at, *(act.at for act in case.acts)]
        assert moments == sorted(moments)
        assert moments[-1] < end
        assert case.occurred_on is None or case.occurred_on <= case.received_at.date()


def test_officers_work_in_office_hours_of_their_place_and_timers_do_not(large):
    facts = country()
    calendars = {p.code: p.calendar for p in (*facts.places, *facts.nationals.values(), facts.root)}
    for case in cases_of(large):
        calendar = calendars[case.place]
        for act in case.acts:
            staff = not isinstance(act.by, str) and act.action not in (
                Action.RAISE_CONFIDENTIALITY, Action.CORRECT, Action.SPLIT
            )  # fmt: skip
            if staff:
                assert calendar.is_working(calendar.local_date(act.at)), act
                assert 8 <= act.at.astimezone(calendar.zone).hour <= 16, act


def test_no_case_closes_before_an_answer_in_substance(large):
    for case in cases_of(large):
        answered = False
        for act in case.acts:
            answered = answered or act.action == Action.ANSWER_FINAL
            if act.action in (Action.CONFIRM, Action.CLOSE_SILENT):
                assert answered
            if act.action == Action.ANSWER_FINAL:
                assert not is_acknowledgement(act.text), act.text
                assert act.answer is not None
                assert act.answer.done_on is None or act.answer.done_on <= act.at.date()
                assert act.answer.promised_on is None or act.answer.promised_on > act.at.date()
                assert act.answer.kind != AnswerKind.REFUSED or act.answer.legal_basis
                assert act.answer.kind != AnswerKind.DONE or act.answer.office


def test_silence_closes_only_ten_working_days_after_the_last_word(large):
    facts = country()
    calendars = {p.code: p.calendar for p in (*facts.places, *facts.nationals.values())}
    for case in cases_of(large):
        last = None
        for act in case.acts:
            if act.action in (Action.ANSWER_FINAL, Action.REPLY):
                last = act.at
            if act.action == Action.CLOSE_SILENT:
                assert last is not None
                assert act.at > calendars[case.place].due_at(last, 10)


def test_most_clocks_are_kept_some_are_not_and_a_few_cases_are_lost(large):
    facts = country()
    calendars = {p.code: p.calendar for p in (*facts.places, *facts.nationals.values())}
    checked, first, never = [], [], 0
    for case in cases_of(large):
        calendar = calendars[case.place]
        verified = next((act.at for act in case.acts if act.action == Action.VERIFY), None)
        spoken = [act for act in case.acts if act.action in (Action.ANSWER_INTERIM, Action.ANSWER_FINAL)]
        answer = next((act.at for act in spoken if not is_acknowledgement(act.text)), None)
        if verified and case.kind == Kind.OWN:
            checked.append(verified <= calendar.due_at(case.received_at, 3))
            if answer:
                first.append(answer <= calendar.due_at(verified, 5))
            elif begins(DAY) - verified > timedelta(days=60) and state_of(case) == State.FORWARDED:
                never += 1
    assert 0.85 < sum(checked) / len(checked) < 1
    assert 0.65 < sum(first) / len(first) < 0.97
    assert 0 < never < 0.04 * LARGE


def test_today_the_home_desk_has_cases_that_are_due_and_late(small):
    facts = country()
    home = [case for case in cases_of(small) if case.place == facts.home]
    calendar = next(place.calendar for place in facts.places if place.code == facts.home)
    waiting = [case for case in home if state_of(case) == State.UNVERIFIED]
    due = {calendar.due_at(case.received_at, 3).date() for case in waiting}
    assert DAY in due
    assert min(due) < DAY < max(due)
    verified = [
        next(act.at for act in case.acts if act.action == Action.VERIFY)
        for case in home
        if state_of(case) == State.FORWARDED
    ]
    answers_due = {calendar.due_at(at, 5).date() for at in verified}
    assert DAY in answers_due
    assert min(answers_due) < DAY < max(answers_due)


def test_floods_come_with_the_rain_and_admissions_in_the_middle_of_the_year(large):
    months = {topic: Counter() for topic in ("flood", "admission")}
    for case in cases_of(large):
        if case.topic in months:
            months[case.topic][case.received_at.month] += 1
    flood, admission = months["flood"], months["admission"]
    assert sum(flood[m] for m in (11, 12, 1, 2, 3)) > sum(flood[m] for m in (4, 5, 6, 7, 8, 9, 10))
    assert sum(admission[m] for m in (5, 6, 7, 8)) > sum(admission[m] for m in (1, 2, 3, 4, 9, 10, 11, 12))


def test_there_is_more_at_the_end_than_at_the_beginning(large):
    days = [case.received_at.date() for case in cases_of(large)]
    half = DAY - timedelta(days=365)
    assert sum(day >= half for day in days) > 1.15 * sum(day < half for day in days)
    assert min(days) >= DAY - timedelta(days=731)


def test_now_and_then_something_is_to_be_masked(large):
    found = Counter(span.kind for case in cases_of(large) for span in mask(case.text).spans)
    assert {"TELEPON", "PLAT", "NIK", "NAMA"} <= set(found)


def test_no_number_in_the_plan_can_be_anybodys(large):
    for case in cases_of(large):
        assert all(number.startswith("0840") for number in re.findall(r"\b08\d{8,11}\b", case.text))
        assert all(number.startswith("99") for number in re.findall(r"\b\d{16}\b", case.text))
        if case.reporter is not None:
            assert case.reporter.phone[:4] in ("", "0840")
            assert case.reporter.email == "" or case.reporter.email.endswith("@surel.example")


def test_the_same_seed_and_day_give_the_same_plan_and_others_another(small):
    assert make_plan(country(), seed=7, day=DAY, cases=SMALL) == small
    assert make_plan(country(), seed=8, day=DAY, cases=SMALL) != small
    assert make_plan(country(), seed=7, day=DAY - timedelta(days=1), cases=SMALL) != small


def test_another_process_makes_the_same_plan():
    """Sets of texts have another order in every process; none of it may reach the plan."""
    code = (
        "import hashlib; from tanggap.demo.tests.test_planning import *;"
        "print(hashlib.sha256(repr(make_plan(country(), seed=7, day=DAY, cases=60)).encode()).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def texts_in(value):
    """Every text in tables and lists."""
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from texts_in(item)


def test_every_word_of_the_bank_can_be_filled():
    place = country().places[1]
    words = wording(
        bank(), seeded("x"), place=place, district=place.districts[0], office="Dinas", received_at=begins(DAY)
    )
    words = with_topic(words, "jalan berlubang")
    outside = [[item.texts, item.titles, item.explanations, item.bodies] for item in bank().outside]
    for text in texts_in([*(matter.words for matter in bank().matters), *outside, bank().common]):
        filled = words.fill(text, body="isi", tgl_kerja="1 Mei 2026", tgl_janji="2 Mei 2026")
        assert "{" not in filled, text


def test_answers_of_the_bank_say_something_and_acknowledgements_do_not():
    facts = country()
    for matter in bank().matters:
        for name in ANSWERS.values():
            for text in matter.words.get(name, ()):
                assert not text or not is_acknowledgement(text), (matter.id, name, text)
        for text in matter.words.get("interim", ()):
            assert not text or not is_acknowledgement(text), (matter.id, text)
        assert set(matter.categories) <= facts.categories
    for text in bank().common["staff"]["acknowledgement"]:
        assert is_acknowledgement(text), text
