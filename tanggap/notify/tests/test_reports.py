"""Delivery states come back: late, twice, out of order, and before we know the message."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanggap.ledger.models import Event
from tanggap.notify.models import DeliveryReport, Message
from tanggap.notify.selectors import was_reached
from tanggap.notify.services.deliver import deliver
from tanggap.notify.services.enqueue import enqueue
from tanggap.notify.services.mend_outbox import mend_outbox
from tanggap.notify.services.record_report import record_report
from tanggap.notify.tests.conftest import open_channel
from tanggap.notify.tests.making import CHAT, HOUR, MAIL, MINUTE, MORNING, PHONE, outgoing
from tanggap.notify.tests.peers import Peer

pytestmark = pytest.mark.django_db


def report(state: str, key: str = "a", error: str = "", channel: str = "sms") -> None:
    record_report(channel=channel, provider_id=f"id-{key}", state=state, at=MORNING + HOUR, error=error)


def sent(key: str = "a", **given: object) -> Message:
    row = enqueue(outgoing(key, **{"ways": [PHONE], **given}), now=MORNING)
    deliver(channel=row.channel, now=MORNING)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize("order", sorted(set(permutations(["sent", "delivered", "read", "delivered"]))))
def test_whatever_the_order_the_furthest_state_stays(peer: type[Peer], order: tuple[str, ...]) -> None:
    row = sent()
    for state in order:
        report(state)
    row.refresh_from_db()
    assert (row.state, row.delivered_at is not None, row.read_at is not None) == ("read", True, True)
    assert not DeliveryReport.objects.exists()


def test_a_report_that_comes_first_is_taken_up_when_the_message_is_known(peer: type[Peer]) -> None:
    peer.after = staticmethod(lambda message: report("delivered"))
    assert sent().state == "delivered"


def test_one_that_crossed_its_message_is_taken_up_by_the_clock(peer: type[Peer]) -> None:
    row = sent()
    DeliveryReport.objects.create(channel="sms", provider_id="id-a", state="delivered", at=MORNING)
    assert mend_outbox(now=MORNING + MINUTE) == 1
    row.refresh_from_db()
    assert row.state == "delivered"


def test_a_failure_after_the_event_takes_the_next_way(peer: type[Peer]) -> None:
    row = sent(ways=[PHONE, MAIL])
    report("failed", error="UNDELIV")
    report("failed", error="UNDELIV")
    row.refresh_from_db()
    assert (row.state, row.channel) == ("pending", "email")
    deliver(channel="email", now=MORNING + 2 * HOUR)
    assert [message.address for _name, message in peer.taken] == [PHONE.address, MAIL.address]


def test_without_another_way_it_is_a_dead_letter(peer: type[Peer]) -> None:
    row = sent()
    report("failed", error="EXPIRED")
    row.refresh_from_db()
    assert (row.state, row.error) == ("failed", "EXPIRED")
    assert Event.objects.filter(name="message.failed").count() == 1


def test_what_was_read_cannot_fail_afterwards(peer: type[Peer]) -> None:
    row = sent()
    report("read")
    report("failed", error="EXPIRED")
    row.refresh_from_db()
    assert row.state == "read"


def test_whatsapp_that_was_too_late_goes_again_by_its_template_once(peer: type[Peer]) -> None:
    open_channel("whatsapp")
    row = sent(ways=[CHAT])
    report("failed", error="131047: re-engagement", channel="whatsapp")
    deliver(channel="whatsapp", now=MORNING + 2 * HOUR)
    assert [bool(message.extra.get("use_template")) for _name, message in peer.taken] == [False, True]
    report("failed", error="131047: re-engagement", channel="whatsapp")
    row.refresh_from_db()
    assert row.state == "failed"


def test_nonsense_changes_nothing(peer: type[Peer]) -> None:
    row = sent()
    report("exploded")
    record_report(channel="sms", provider_id="", state="read", at=MORNING)
    record_report(channel="email", provider_id="id-a", state="read", at=MORNING)
    row.refresh_from_db()
    assert row.state == "sent"


def test_reached_is_who_got_it_and_mail_that_did_not_come_back(peer: type[Peer]) -> None:
    sent("sms")
    assert not was_reached("event:sms")
    report("delivered", "sms")
    assert was_reached("event:sms")
    sent("mail", ways=[MAIL], stream="case:2")
    assert was_reached("event:mail")
    record_report(channel="email", provider_id="id-mail", state="failed", at=MORNING, error="bounce")
    assert not was_reached("event:mail")


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(states=st.lists(st.sampled_from(["sent", "delivered", "read", "failed"]), max_size=8))
def test_no_series_of_reports_ever_takes_a_state_back(peer: type[Peer], states: list[str]) -> None:
    Message.objects.all().delete()
    row = sent()
    rank = {"sent": 1, "delivered": 2, "read": 3, "failed": 4}
    last = 1
    for state in states:
        report(state)
        row.refresh_from_db()
        assert rank[row.state] >= last
        assert not (last in (2, 3) and row.state == "failed")
        last = rank[row.state]
