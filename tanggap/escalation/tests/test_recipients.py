"""Whom a step reaches: the post, else the next one up; never whom the case is about."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tanggap.accounts.models import Delegation, Membership, OnCallShift, Person
from tanggap.cases.addressing import About
from tanggap.cases.models import Case, Subject
from tanggap.cases.services.raise_confidentiality import raise_confidentiality
from tanggap.directory.selectors import agency_by_code
from tanggap.escalation.models import TakenStep
from tanggap.escalation.recipients import recipients_for
from tanggap.escalation.services.replace_undeliverable import replace_undeliverable
from tanggap.escalation.services.spare_accused import spare_accused
from tanggap.escalation.services.sweep import sweep
from tanggap.escalation.services.watch_case import watch_cases
from tanggap.escalation.tests.world import ZONES, acting, forwarded, live_through, person, staffed, submitted
from tanggap.notify.models import Message, MessageState

UNIT = "35.78/dinkes"
START = datetime(2026, 5, 12, 10, tzinfo=ZONES["WIB"])
LONG_AFTER = START + timedelta(days=40)


def told(case: Case, role: str) -> set[str]:
    return {holder.person.name for holder in recipients_for(case, role, at=START).holders}


def of_case(case: Case) -> list[Message]:
    return list(Message.objects.filter(source__startswith="step:", stream=case.stream).order_by("pk"))


def close(who: Person) -> None:
    Person.objects.filter(pk=who.pk).update(is_active=False)


def test_everybody_in_the_post_gets_it(db: None) -> None:
    people = staffed(UNIT)
    person("liaison_officer", UNIT, email="kedua@contoh.id")
    case = forwarded(UNIT, people, START)
    assert len(recipients_for(case, "liaison_officer", at=START).holders) == 2


@pytest.mark.parametrize(
    ("empty", "role", "gets"),
    [
        (["liaison_officer"], "liaison_officer", "unit_head"),
        (["liaison_officer", "unit_head"], "liaison_officer", "coordinator"),
        (["unit_head", "coordinator"], "unit_head", "sekda"),
        (["sekda"], "sekda", "regional_head"),
        (["regional_head"], "regional_head", "national_admin"),
        (["inspector"], "inspector", "national_admin"),
    ],
)
def test_a_vacant_post_moves_the_step_to_the_next_one_up(db: None, empty: list[str], role: str, gets: str) -> None:
    people = staffed(UNIT)
    case = forwarded(UNIT, people, START)
    for name in empty:
        close(people[name])
    found = recipients_for(case, role, at=START)
    assert (found.role, found.replaced) == (gets, "vacant")


def test_nobody_stands_above_the_ombudsman(db: None) -> None:
    people = staffed(UNIT)
    case = forwarded(UNIT, people, START)
    close(people["ombudsman"])
    found = recipients_for(case, "ombudsman", at=START)
    assert (found.holders, found.role) == ((), "ombudsman")


def test_who_stands_in_gets_it(db: None) -> None:
    people = staffed(UNIT)
    case = forwarded(UNIT, people, START)
    Delegation.objects.create(
        membership=Membership.objects.get(person=people["liaison_officer"]),
        to_person=people["unit_head"],
        starts_on=START.date(),
        ends_on=START.date(),
        reason="cuti",
    )
    assert told(case, "liaison_officer") == {people["unit_head"].name}


def test_a_subject_and_everybody_below_it_is_passed_over(db: None) -> None:
    people = staffed(UNIT)
    case = forwarded(UNIT, people, START)
    Subject.objects.create(case=case, agency=agency_by_code(UNIT))
    found = recipients_for(case, "unit_head", at=START)
    assert (found.role, found.replaced) == ("coordinator", "subject")


def test_an_accused_government_leaves_the_nation(db: None) -> None:
    people = staffed(UNIT)
    case = forwarded(UNIT, people, START)
    Subject.objects.create(case=case, agency=agency_by_code("35.78"))
    for role in ("liaison_officer", "unit_head", "sekda", "regional_head", "inspector"):
        assert told(case, role) == {people["national_admin"].name}


def test_an_accused_person_is_passed_over_in_every_post(db: None) -> None:
    people = staffed(UNIT)
    Membership.objects.create(
        person=people["unit_head"], agency=agency_by_code(UNIT), role="liaison_officer", starts_on="2020-01-01"
    )
    case = forwarded(UNIT, people, START)
    Subject.objects.create(case=case, person=people["unit_head"])
    assert told(case, "liaison_officer") == {people["liaison_officer"].name}
    assert told(case, "unit_head") == {people["coordinator"].name}


def test_who_is_also_posted_at_the_accused_office_gets_no_copy(db: None) -> None:
    people = staffed(UNIT)
    Membership.objects.create(
        person=people["sekda"], agency=agency_by_code("35.78/dpupr"), role="leader", starts_on="2020-01-01"
    )
    case = forwarded(UNIT, people, START)
    Subject.objects.create(case=case, agency=agency_by_code("35.78/dpupr"))
    live_through([case], START, LONG_AFTER)
    assert TakenStep.objects.filter(case=case, kind="escalation").exists()
    assert people["sekda"].key not in set(Message.objects.values_list("recipient_key", flat=True))


def test_a_vacant_post_is_a_row_of_its_own_beside_the_replacement(db: None) -> None:
    people = staffed(UNIT)
    case = forwarded(UNIT, people, START)
    close(people["liaison_officer"])
    live_through([case], START, START)
    rows = [(m.recipient_role, m.recipient_key, m.state) for m in of_case(case)]
    assert rows == [
        ("liaison_officer", "", MessageState.UNDELIVERABLE),
        ("unit_head", people["unit_head"].key, MessageState.PENDING),
    ]
    step = TakenStep.objects.get()
    assert (step.asked_role, step.role, step.replaced) == ("liaison_officer", "unit_head", "vacant")


def test_a_message_that_failed_goes_to_the_next_role_once(db: None) -> None:
    people = staffed(UNIT)
    case = forwarded(UNIT, people, START)
    live_through([case], START, START)
    failed = Message.objects.get(recipient_key=people["liaison_officer"].key)
    Message.objects.filter(pk=failed.pk).update(state=MessageState.FAILED)
    assert replace_undeliverable(message_id=failed.pk, now=START) == 1
    assert replace_undeliverable(message_id=failed.pk, now=START) == 0
    assert [m.recipient_role for m in of_case(case)] == ["liaison_officer", "unit_head"]
    step = TakenStep.objects.get()
    assert (step.role, step.replaced) == ("unit_head", "undeliverable")


def test_a_colleague_who_got_it_is_enough(db: None) -> None:
    people = staffed(UNIT)
    person("liaison_officer", UNIT, email="kedua@contoh.id")
    case = forwarded(UNIT, people, START)
    live_through([case], START, START)
    failed = Message.objects.get(recipient_key=people["liaison_officer"].key)
    Message.objects.filter(pk=failed.pk).update(state=MessageState.FAILED)
    assert replace_undeliverable(message_id=failed.pk, now=START) == 0


def test_who_becomes_a_subject_over_night_never_gets_what_waits_for_the_morning(db: None) -> None:
    people = staffed(UNIT)
    person("liaison_officer", "35.78/dpupr")
    case = forwarded(UNIT, people, START)
    watch_cases([case.pk], now=START)
    sunday = START + timedelta(days=5)
    sweep(now=sunday)  # after an outage: the reminder waits for Monday
    assert of_case(case)[0].state == MessageState.PENDING
    Subject.objects.create(case=case, agency=agency_by_code(UNIT))
    assert spare_accused(case_id=case.pk, now=sunday) == 1
    rows = [(m.recipient_role, m.state) for m in of_case(case)]
    assert rows == [("liaison_officer", MessageState.CANCELLED), ("coordinator", MessageState.PENDING)]
    assert spare_accused(case_id=case.pk, now=sunday) == 0
    assert TakenStep.objects.get(state="taken").replaced == "subject"


def test_a_reporter_who_left_no_contact_is_no_alarm(db: None) -> None:
    people = staffed(UNIT)
    case = forwarded(UNIT, people, START)
    Case.objects.filter(pk=case.pk).update(
        state="answered", answered_at=START, first_answered_at=START, window_ends_at=START + timedelta(days=20)
    )
    live_through([case], START, LONG_AFTER)
    assert TakenStep.objects.filter(case=case, clock="window").count() == 1
    assert not Message.objects.exists()


def test_the_wished_channel_comes_first(db: None) -> None:
    people = staffed("35.27/dinkes")
    Person.objects.filter(pk=people["liaison_officer"].pk).update(phone="+6281234567890")
    case = forwarded("35.27/dinkes", people, START)
    live_through([case], START, START)
    assert [m.channel for m in of_case(case)] == ["whatsapp"]


def test_a_guarded_case_shows_nothing_of_itself(db: None) -> None:
    people = staffed(UNIT)
    case = forwarded(UNIT, people, START)
    raise_confidentiality(tracking_id=case.tracking_id, actor=acting(people["national_admin"]), now=START, secret=True)
    live_through([case], START, LONG_AFTER)
    assert Message.objects.exists()
    for message in Message.objects.all():
        assert "Lampu" not in str(message.values)


def test_an_urgent_case_nobody_verified_calls_whoever_is_on_call_at_any_hour(db: None) -> None:
    people = staffed(UNIT)
    night = datetime(2026, 5, 16, 23, tzinfo=ZONES["WIB"])
    OnCallShift.objects.create(
        agency=agency_by_code("35.78"), person=people["sekda"], starts_at=night, ends_at=night + timedelta(days=1)
    )
    case = submitted("35.78", night, about=About())
    Case.objects.filter(pk=case.pk).update(urgent=True)
    live_through([case], night, night + timedelta(hours=2))
    rows = {(m.recipient_role, m.recipient_key, m.not_before, m.urgent) for m in of_case(case)}
    hour = night + timedelta(hours=1)
    assert rows == {
        ("on_call", people["sekda"].key, hour, True),
        ("national_admin", people["national_admin"].key, hour, True),
    }
