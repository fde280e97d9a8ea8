"""Whatever providers do and whenever a process dies: nothing is lost, nothing overtakes, nothing goes twice."""

from __future__ import annotations

import random
import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanggap.notify.models import ChannelConfig, ChannelHealth, DeliveryReport, Message
from tanggap.notify.services.deliver import deliver
from tanggap.notify.services.enqueue import enqueue_many
from tanggap.notify.tests.conftest import open_channel
from tanggap.notify.tests.making import MINUTE, MORNING, outgoing
from tanggap.notify.tests.peers import Peer
from tanggap.notify.tests.test_deliver import Crash
from tanggap.notify.transports.base import ProviderDown, Rendered, Temporary

MOODS = ["well", "well", "well", "later", "down", "dies_before", "dies_after"]
LATE = MORNING + timedelta(days=1)


class Moody:
    """A provider whose every answer is drawn; who died after taking a message had taken it."""

    def __init__(self, moods: list[str]) -> None:
        self.moods = iter(moods)
        self.died_after: list[str] = []

    def before(self, _name: str, _message: Rendered) -> None:
        self.mood = next(self.moods, "well")
        if self.mood == "later":
            raise Temporary("451")
        if self.mood == "down":
            raise ProviderDown("503")
        if self.mood == "dies_before":
            raise Crash

    def after(self, message: Rendered) -> None:
        if self.mood == "dies_after":
            self.died_after.append(message.key)
            raise Crash


@pytest.mark.django_db
@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(
    messages=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), st.booleans()), min_size=1, max_size=12),
    moods=st.lists(st.sampled_from(MOODS), max_size=30),
    waves=st.integers(1, 3),
)
def test_every_message_arrives_once_in_the_order_of_its_case_and_recipient(
    peer: type[Peer], messages: list[tuple[int, int, bool]], moods: list[str], waves: int
) -> None:
    Message.objects.filter(inside__isnull=False).delete()
    Message.objects.all().delete()
    ChannelHealth.objects.all().delete()
    peer.forget()
    moody = Moody(moods)
    peer.rule, peer.after = staticmethod(moody.before), staticmethod(moody.after)
    rows = [
        outgoing(f"m{n}", stream=f"case:{case}", recipient_key=f"person:{person}", bundled=bundled, brand="nasional")
        for n, (case, person, bundled) in enumerate(messages)
    ]
    for wave in range(waves):
        enqueue_many(rows[wave::waves], now=MORNING + wave * MINUTE)
    now = MORNING + MINUTE
    while Message.objects.filter(state="pending").exists() and now < LATE:
        with suppress(Crash):
            deliver(channel="email", now=now)
        now += 3 * MINUTE
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    times = Counter(peer.order())
    assert all(count == 1 + moody.died_after.count(key) for key, count in times.items())
    _in_order(peer)


def _in_order(peer: type[Peer]) -> None:
    """Each recipient heard of each case in the order in which the house decided."""
    first_seen: dict[str, int] = {}
    for place, key in enumerate(peer.order()):
        first_seen.setdefault(key, place)
    for one in Message.objects.values_list("stream", "recipient_key").distinct():
        rows = Message.objects.filter(stream=one[0], recipient_key=one[1]).order_by("id")
        places = [first_seen[row.inside.key if row.inside else row.key] for row in rows.select_related("inside")]
        plain = [place for place, row in zip(places, rows, strict=True) if not row.bundled]
        assert plain == sorted(plain)


@pytest.mark.django_db(transaction=True)
def test_four_deliverers_at_once_send_two_thousand_messages_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    from tanggap.notify.transports import registry

    monkeypatch.setattr(registry, "CLASSES", {"email": "tanggap.notify.tests.peers.Peer"})
    Peer.forget()
    open_channel("email")
    many = [outgoing(f"k{n}", stream=f"case:{n % 500}", recipient_key=f"person:{n % 50}") for n in range(2000)]
    random.Random(7).shuffle(many)
    enqueue_many(many, now=MORNING)
    results: list[Any] = []

    def work() -> None:
        try:
            results.append(deliver(channel="email", now=MORNING))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    deliver(channel="email", now=MORNING)  # what the first to end found blocked by the others
    deliver(channel="email", now=MORNING)
    assert Counter(Peer.order()) == Counter({f"k{n}": 1 for n in range(2000)})
    assert len(results) == 4
    ids = dict(Message.objects.values_list("key", "id"))
    for stream in range(500):
        mine = [ids[key] for key in Peer.order() if int(key[1:]) % 500 == stream]
        assert mine == sorted(mine)
    Peer.forget()
    for model in (Message, ChannelConfig, ChannelHealth, DeliveryReport):
        model.objects.all().delete()
