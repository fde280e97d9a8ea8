"""Nobody is woken at night, and nobody is written to who does not want it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.notify.models import Message
from tanggap.notify.quiet import after_quiet, is_quiet
from tanggap.notify.services.deliver import deliver
from tanggap.notify.services.enqueue import enqueue
from tanggap.notify.services.opt_out import opt_in, opt_out
from tanggap.notify.tests.making import MAIL, MINUTE, MORNING, PHONE, WIB, outgoing
from tanggap.notify.tests.peers import Peer

NIGHT = datetime(2026, 11, 9, 21, 30, tzinfo=WIB)
WIT = "Asia/Jayapura"
TO_REPORTER = {"recipient_key": "reporter:1", "template": "case_verified", "due_at": NIGHT, "not_before": NIGHT}


@pytest.mark.django_db
def test_a_reporter_hears_of_it_in_the_morning_of_the_own_zone(peer: type[Peer]) -> None:
    enqueue(outgoing("west", **TO_REPORTER), now=NIGHT)
    enqueue(outgoing("east", **{**TO_REPORTER, "zone": WIT, "stream": "case:2"}), now=NIGHT)
    assert deliver(channel="email", now=NIGHT).sent == 0
    seven_in_jayapura = datetime(2026, 11, 10, 7, 0, tzinfo=ZoneInfo(WIT))
    deliver(channel="email", now=seven_in_jayapura)
    assert peer.order() == ["east"]
    deliver(channel="email", now=seven_in_jayapura + timedelta(hours=2))
    assert peer.order() == ["east", "west"]


@pytest.mark.django_db
def test_what_was_held_up_till_night_waits_for_the_morning_too(peer: type[Peer]) -> None:
    enqueue(outgoing("a", **{**TO_REPORTER, "due_at": MORNING, "not_before": MORNING}), now=MORNING)
    assert deliver(channel="email", now=NIGHT).sent == 0
    assert Message.objects.get().not_before == datetime(2026, 11, 10, 7, 0, tzinfo=WIB)
    assert Message.objects.get().attempts == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given_values", [{"urgent": True}, {"template": "receipt"}, {"recipient_key": "person:1"}], ids=str
)
def test_danger_an_answer_to_what_one_just_did_and_officers_know_no_night(
    peer: type[Peer], given_values: dict[str, object]
) -> None:
    enqueue(outgoing("a", **{**TO_REPORTER, **given_values}), now=NIGHT)
    assert deliver(channel="email", now=NIGHT).sent == 1


@given(
    minute=st.integers(min_value=0, max_value=6 * 365 * 24 * 60),
    zone=st.sampled_from(["", "Asia/Jakarta", "Asia/Makassar", WIT]),
)
def test_after_the_quiet_hours_it_is_never_quiet_never_earlier_and_never_half_a_day_late(
    minute: int, zone: str
) -> None:
    moment = datetime(2024, 1, 1, tzinfo=UTC) + minute * MINUTE
    after = after_quiet(moment, zone)
    assert not is_quiet(after, zone)
    assert timedelta(0) <= after - moment <= timedelta(hours=11)
    assert (after == moment) is (not is_quiet(moment, zone))


@pytest.mark.django_db
def test_who_opted_out_of_one_channel_is_reached_by_the_other(peer: type[Peer]) -> None:
    opt_out(way=PHONE, now=MORNING)
    row = enqueue(outgoing("a", recipient_key="reporter:1", ways=[PHONE, MAIL]), now=MORNING)
    assert row.channel == "email"
    deliver(channel="email", now=MORNING)
    assert peer.order() == ["a"]


@pytest.mark.django_db
def test_out_of_all_means_skipped_and_no_alarm(peer: type[Peer]) -> None:
    opt_out(way=PHONE, now=MORNING)
    row = enqueue(outgoing("a", recipient_key="reporter:1", ways=[PHONE]), now=MORNING)
    assert row.state == "skipped"


@pytest.mark.django_db
def test_it_holds_for_messages_that_wait_already_and_can_be_taken_back(peer: type[Peer]) -> None:
    enqueue(outgoing("a", recipient_key="reporter:1", ways=[MAIL, PHONE]), now=MORNING)
    enqueue(outgoing("b", recipient_key="reporter:2", ways=[MAIL], stream="case:2"), now=MORNING)
    assert opt_out(way=MAIL, now=MORNING)
    assert not opt_out(way=MAIL, now=MORNING)
    deliver(channel="email", now=MORNING)
    deliver(channel="sms", now=MORNING + MINUTE)
    assert peer.order() == ["a"]
    assert Message.objects.get(key="b").state == "skipped"
    assert opt_in(way=MAIL)
    enqueue(outgoing("c", recipient_key="reporter:3", stream="case:3"), now=MORNING)
    deliver(channel="email", now=MORNING)
    assert peer.order() == ["a", "c"]


@pytest.mark.django_db
def test_posts_cannot_opt_out(peer: type[Peer]) -> None:
    opt_out(way=MAIL, now=MORNING)
    enqueue(outgoing("a"), now=MORNING)
    deliver(channel="email", now=MORNING)
    assert peer.order() == ["a"]
