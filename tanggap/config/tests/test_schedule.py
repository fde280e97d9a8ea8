"""What runs by the clock does its work through the services, and twice does no harm."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tanggap.cases.identity import Contact
from tanggap.cases.models import SubmissionKey
from tanggap.cases.recording import find_case
from tanggap.common.clock import frozen
from tanggap.config import schedule
from tanggap.config.reactions import REACTIONS, react
from tanggap.directory.selectors import agency_by_code
from tanggap.directory.services.merge_agencies import merge_agencies
from tanggap.ledger.models import Event
from tanggap.notify.selectors import messages_of
from tests.cast import DAY

pytestmark = pytest.mark.django_db


def test_the_timers_close_what_is_due_and_nothing_else(case_in) -> None:
    answered, waiting = case_in("answered"), case_in("forwarded")
    with frozen(DAY + timedelta(days=30)):
        schedule.timers(timestamp=0)
        schedule.timers(timestamp=0)
    assert find_case(answered.tracking_id).outcome == "unreached"
    assert find_case(waiting.tracking_id).state == "forwarded"
    assert Event.objects.filter(stream=answered.stream, name="case.closed").count() == 1


def test_keys_of_submissions_are_forgotten_after_their_day(submit) -> None:
    case = submit().case
    SubmissionKey.objects.create(
        key_digest=b"k" * 32, body_digest=b"b" * 32, case=case, sealed_code=b"s", created_at=DAY
    )
    with frozen(DAY + timedelta(hours=23)):
        schedule.tidy(timestamp=0)
        assert SubmissionKey.objects.exists()
    with frozen(DAY + timedelta(hours=25)):
        schedule.tidy(timestamp=0)
    assert not SubmissionKey.objects.exists()


def test_an_event_without_reactions_and_one_that_is_gone_are_no_error(submit) -> None:
    submit()
    react(event_id=Event.objects.latest("pk").pk)
    react(event_id=0)


def test_the_cases_of_a_merged_body_follow_into_the_lists_of_the_other(case_in, cast) -> None:
    case = case_in("forwarded")
    merged = merge_agencies(
        agency=agency_by_code("35.27"),
        into=agency_by_code("35.02"),
        last_day=DAY.date(),
        actor_key="person:1",
        reason="Pemekaran dibatalkan.",
        now=DAY,
    )
    event = Event.objects.filter(stream=f"agency:{merged.pk}", name="agency.merged").get()
    react(event_id=event.pk)
    react(event_id=event.pk)
    followed = find_case(case.tracking_id)
    assert followed.body.code == "35.02"
    assert followed.agency.code == "35.27/dpupr"
    assert Event.objects.filter(stream=case.stream, name="case.body_followed").count() == 1


def test_a_reaction_that_fails_keeps_no_other_from_running_and_the_job_is_tried_again(submit, monkeypatch) -> None:
    submit()
    event = Event.objects.latest("pk")
    ran: list[int] = []

    def fails(_event: Event) -> None:
        raise RuntimeError("the way out is blocked")

    def runs(seen: Event) -> None:
        ran.append(seen.pk)

    monkeypatch.setitem(REACTIONS, event.name, (fails, runs))
    with pytest.raises(RuntimeError):
        react(event_id=event.pk)
    assert ran == [event.pk]


def test_the_worker_tells_a_reporter_of_the_receipt_once(submit) -> None:
    case = submit(contact=Contact(email="sri@contoh.id")).case
    event = Event.objects.get(stream=case.stream, name="case.submitted")
    react(event.pk)
    react(event.pk)
    assert [message.template for message in messages_of(case.stream)] == ["receipt"]
