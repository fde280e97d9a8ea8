"""Out of the outbox: once, in order, whatever the provider does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tanggap.ledger.models import Event
from tanggap.notify.delivery.claiming import Closed, claim
from tanggap.notify.models import ChannelHealth, Message
from tanggap.notify.selectors import backlog
from tanggap.notify.services.cancel_messages import cancel_messages
from tanggap.notify.services.deliver import deliver
from tanggap.notify.services.enqueue import enqueue, enqueue_many
from tanggap.notify.services.send_again import send_again
from tanggap.notify.tests.conftest import open_channel
from tanggap.notify.tests.making import CHAT, HOUR, MAIL, MINUTE, MORNING, PHONE, outgoing
from tanggap.notify.tests.peers import Peer
from tanggap.notify.transports.base import Permanent, ProviderDown, Rendered, Temporary

pytestmark = pytest.mark.django_db


def state_of(key: str) -> str:
    return Message.objects.get(key=key).state


def refuse(error: Exception, *, only: str = "") -> Any:
    """A rule of the peer: raise `error` for every message, or for those whose key begins so."""

    def rule(_name: str, message: Rendered) -> None:
        if message.key.startswith(only):
            raise error

    return staticmethod(rule)


def test_a_message_leaves_once(peer: type[Peer]) -> None:
    enqueue(outgoing("a"), now=MORNING)
    assert deliver(channel="email", now=MORNING).sent == 1
    assert deliver(channel="email", now=MORNING).sent == 0
    row = Message.objects.get()
    assert (peer.order(), row.state, row.provider_id, row.sent_at is not None) == (["a"], "sent", "id-a", True)
    _name, message = peer.taken[0]
    assert message.address == MAIL.address
    assert "K7M2-9QXA-V" in message.subject
    assert "Lampu jalan padam" in message.text


def test_nothing_leaves_before_its_time(peer: type[Peer]) -> None:
    enqueue(outgoing("a", not_before=MORNING + HOUR), now=MORNING)
    assert deliver(channel="email", now=MORNING).sent == 0
    assert deliver(channel="email", now=MORNING + HOUR).sent == 1


def test_within_a_case_and_recipient_the_order_is_kept_though_the_first_must_wait(peer: type[Peer]) -> None:
    peer.rule = refuse(Temporary("503"), only="a")
    enqueue_many([outgoing("a"), outgoing("b"), outgoing("other", stream="case:2")], now=MORNING)
    deliver(channel="email", now=MORNING)
    assert peer.order() == ["other"]
    peer.rule = None
    deliver(channel="email", now=MORNING + MINUTE)
    assert peer.order() == ["other", "a", "b"]


def test_a_temporary_failure_is_tried_after_one_two_four_minutes_and_then_every_quarter_of_an_hour(
    peer: type[Peer],
) -> None:
    peer.rule = refuse(Temporary("503"))
    enqueue(outgoing("a"), now=MORNING)
    now, waits = MORNING, []
    for _attempt in range(7):
        deliver(channel="email", now=now)
        following = Message.objects.get().not_before
        waits.append(round((following - now).total_seconds() / 60))
        now = following
    assert waits == [1, 2, 4, 8, 15, 15, 15]


def test_the_provider_may_name_the_time_to_wait(peer: type[Peer]) -> None:
    peer.rule = refuse(Temporary("429", retry_after=300))
    enqueue(outgoing("a"), now=MORNING)
    deliver(channel="email", now=MORNING)
    assert timedelta(minutes=5) <= Message.objects.get().not_before - MORNING < timedelta(minutes=6)


def test_who_cannot_be_reached_by_one_way_is_reached_by_the_next(peer: type[Peer]) -> None:
    peer.rule = refuse(Permanent("550", address_is_dead=True))
    enqueue(outgoing("a", ways=[MAIL, PHONE]), now=MORNING)
    deliver(channel="email", now=MORNING)
    assert (state_of("a"), Message.objects.get().channel) == ("pending", "sms")
    peer.rule = None
    deliver(channel="sms", now=MORNING + MINUTE)
    assert peer.taken[0][1].address == PHONE.address
    assert not Event.objects.filter(name="message.failed").exists()


def test_a_channel_that_is_not_configured_is_passed_by(peer: type[Peer]) -> None:
    enqueue(outgoing("a", ways=[CHAT, PHONE]), now=MORNING)
    deliver(channel="whatsapp", now=MORNING)
    deliver(channel="sms", now=MORNING + MINUTE)
    assert peer.order() == ["a"]


def test_after_the_last_way_it_is_a_dead_letter_an_event_and_can_be_sent_again(peer: type[Peer]) -> None:
    peer.rule = refuse(Permanent("550"))
    enqueue(outgoing("a", ways=[MAIL, PHONE], source="step:7"), now=MORNING)
    deliver(channel="email", now=MORNING)
    deliver(channel="sms", now=MORNING + MINUTE)
    row = Message.objects.get()
    event = Event.objects.get(name="message.failed")
    assert (row.state, row.error, event.stream, event.data["source"]) == (
        "failed",
        "550",
        f"message:{row.pk}",
        "step:7",
    )
    peer.rule = None
    send_again(message_id=row.pk, actor_key="person:9", now=MORNING + HOUR)
    deliver(channel="email", now=MORNING + HOUR)
    assert (peer.order(), state_of("a")) == (["a"], "sent")


def test_tried_twenty_times_it_is_over(peer: type[Peer]) -> None:
    peer.rule = refuse(Temporary("451"))
    enqueue(outgoing("a"), now=MORNING)
    now = MORNING
    while Message.objects.get().state == "pending":
        deliver(channel="email", now=now)
        now = max(now, Message.objects.get().not_before)
    assert len(peer.tried) == 20
    assert now - MORNING < timedelta(hours=5)


def test_with_the_provider_down_for_an_hour_nothing_is_lost_and_the_order_stays(peer: type[Peer]) -> None:
    keys = [f"{case}-{number}" for number in range(4) for case in "abcde"]
    enqueue_many([outgoing(key, stream=f"case:{key[0]}") for key in keys], now=MORNING)
    enqueue_many([outgoing(f"sms-{n}", stream=f"case:{n}", ways=[PHONE]) for n in range(3)], now=MORNING)
    peer.rule = staticmethod(lambda name, message: _down_if(name == "nasional/email"))
    for minute in range(60):
        deliver(channel="email", now=MORNING + minute * MINUTE)
        deliver(channel="sms", now=MORNING + minute * MINUTE)
    assert sorted(peer.order()) == ["sms-0", "sms-1", "sms-2"]
    assert len([key for key in peer.tried if not key.startswith("sms")]) <= 9
    (mail,) = [one for one in backlog(now=MORNING + HOUR) if one.channel == "email"]
    assert (mail.waiting, mail.overdue, mail.health[0].failing_since is not None) == (20, 20, True)
    peer.rule = None
    peer.taken.clear()
    deliver(channel="email", now=MORNING + 2 * HOUR)
    assert sorted(peer.order()) == sorted(keys)
    for case in "abcde":
        assert [key for key in peer.order() if key[0] == case] == [f"{case}-{n}" for n in range(4)]
    assert ChannelHealth.objects.get(channel="email").failures == 0


def _down_if(down: bool) -> None:
    if down:
        raise ProviderDown("503")


def test_one_brands_provider_being_down_does_not_hold_up_another_brand(peer: type[Peer]) -> None:
    open_channel("email", "hallo-demak")
    peer.rule = staticmethod(lambda name, message: _down_if(name == "nasional/email"))
    many = [outgoing(f"n{n}", stream=f"case:{n}") for n in range(30)]
    many += [outgoing(f"d{n}", stream=f"demak:{n}", brand="hallo-demak") for n in range(30)]
    enqueue_many(many, now=MORNING)
    deliver(channel="email", now=MORNING)
    assert sorted(peer.order()) == sorted(f"d{n}" for n in range(30))


def test_what_is_urgent_takes_the_next_way_when_the_provider_is_down(peer: type[Peer]) -> None:
    peer.rule = staticmethod(lambda name, message: _down_if(name == "nasional/email"))
    enqueue(outgoing("a", urgent=True, ways=[MAIL, PHONE]), now=MORNING)
    enqueue(outgoing("b", urgent=True, stream="case:2"), now=MORNING)
    deliver(channel="email", now=MORNING)
    deliver(channel="sms", now=MORNING)
    assert peer.order() == ["a"]
    assert state_of("b") == "pending"


class Crash(BaseException):
    """The process dies."""


def test_a_crash_between_sending_and_writing_repeats_the_same_key_and_only_that(peer: type[Peer]) -> None:
    enqueue_many([outgoing(f"k{n}", stream=f"case:{n}") for n in range(5)], now=MORNING)
    peer.after = staticmethod(lambda message: _die_at(message.key == "k2"))
    with pytest.raises(Crash):
        deliver(channel="email", now=MORNING)
    peer.after = None
    assert [state_of(f"k{n}") for n in range(5)] == ["sent", "sent", "pending", "pending", "pending"]
    assert deliver(channel="email", now=MORNING).sent == 0  # another still holds the claim
    deliver(channel="email", now=MORNING + 3 * MINUTE)
    assert peer.order() == ["k0", "k1", "k2", "k2", "k3", "k4"]


def _die_at(time_has_come: bool) -> None:
    if time_has_come:
        raise Crash


def test_a_transport_that_breaks_stops_nobody_else(peer: type[Peer]) -> None:
    peer.rule = refuse(RuntimeError("bug"), only="a")
    enqueue_many([outgoing("a"), outgoing("b", stream="case:2")], now=MORNING)
    deliver(channel="email", now=MORNING)
    assert peer.order() == ["b"]
    assert Message.objects.get(key="a").error == "galat: RuntimeError"


def test_a_batch_costs_the_same_few_statements_and_each_message_one_more(
    peer: type[Peer], django_assert_max_num_queries: Any
) -> None:
    enqueue_many([outgoing(f"k{n}", stream=f"case:{n}") for n in range(200)], now=MORNING)
    with django_assert_max_num_queries(20 + 10 * 13 + 200 * 3):
        assert deliver(channel="email", now=MORNING).sent == 200


def test_called_back_while_it_was_handed_over_it_is_not_tried_again(peer: type[Peer]) -> None:
    def rule(_name: str, _message: Rendered) -> None:
        cancel_messages(sources=["step:1"], reason="dijawab", now=MORNING)
        raise Temporary("503")

    peer.rule = staticmethod(rule)
    enqueue(outgoing("a", source="step:1"), now=MORNING)
    deliver(channel="email", now=MORNING)
    assert state_of("a") == "cancelled"
    peer.rule = None
    assert deliver(channel="email", now=MORNING + HOUR).sent == 0


def test_called_back_but_taken_by_the_provider_the_row_says_that_it_went(peer: type[Peer]) -> None:
    peer.after = staticmethod(lambda message: cancel_messages(sources=["step:1"], reason="x", now=MORNING) and None)
    enqueue(outgoing("a", source="step:1"), now=MORNING)
    deliver(channel="email", now=MORNING)
    assert state_of("a") == "sent"


def test_a_claimed_message_is_claimed_by_nobody_else(peer: type[Peer]) -> None:
    enqueue_many([outgoing(f"k{n}", stream=f"case:{n}") for n in range(30)], now=MORNING)
    first = claim(channel="email", now=MORNING, closed=Closed())
    second = claim(channel="email", now=MORNING, closed=Closed())
    ids = [one.message.pk for one in first + second]
    assert len(ids) == len(set(ids)) == 30
