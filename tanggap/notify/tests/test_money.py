"""What messages cost, and what happens when the month's money is nearly or wholly spent."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tanggap.ledger.models import Event
from tanggap.notify.models import Cap, Message, Price
from tanggap.notify.reference import load
from tanggap.notify.services.deliver import deliver
from tanggap.notify.services.enqueue import enqueue, enqueue_many
from tanggap.notify.tests.conftest import open_channel
from tanggap.notify.tests.making import CHAT, MAIL, MINUTE, MORNING, PHONE, outgoing
from tanggap.notify.tests.peers import Peer

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)
PAYER = "agency:5"


@pytest.fixture(autouse=True)
def _prices() -> None:
    Price.objects.all().delete()
    for channel, amount in (("sms", 500), ("whatsapp", 400), ("email", 0)):
        Price.objects.create(channel=channel, amount=amount, valid_from=date(2026, 1, 1), source="uji")


def cap(amount: int, **given: object) -> Cap:
    return Cap.objects.create(**{"payer": PAYER, "amount": amount, "valid_from": DAY, **given})


def sms(count: int, *, first: int = 0, **given: object) -> None:
    many = [
        outgoing(f"s{n}", **{"ways": [PHONE], "payer": PAYER, "stream": f"case:{n}", **given})
        for n in range(first, first + count)
    ]
    enqueue_many(many, now=MORNING)
    deliver(channel="sms", now=MORNING)


def told() -> list[str]:
    return list(Event.objects.filter(stream__startswith="cap:").order_by("id").values_list("name", flat=True))


def test_every_message_carries_its_price_of_the_day_times_its_parts(peer: type[Peer]) -> None:
    Price.objects.create(channel="sms", amount=700, valid_from=date(2026, 12, 1), source="uji")
    peer.parts = 3
    sms(1)
    assert Message.objects.get().cost == Decimal(1500)


def test_at_four_fifths_of_the_cap_it_is_told_once_a_month(peer: type[Peer]) -> None:
    cap(5000)
    sms(7)
    assert told() == []
    sms(1, first=7)
    sms(1, first=8)
    assert told() == ["cap.warned"]
    event = Event.objects.get(name="cap.warned")
    assert (event.data["payer"], event.data["month"], event.data["amount"]) == (PAYER, "2026-11-01", "5000.00")


def test_with_the_money_spent_only_what_is_essential_goes(peer: type[Peer]) -> None:
    cap(1000)
    sms(2)
    assert told() == ["cap.reached"]
    sms(2, first=2)
    sms(1, first=9, template="final_answer", recipient_key="reporter:9")
    assert peer.order() == ["s0", "s1", "s9"]
    assert set(Message.objects.filter(key__in=["s2", "s3"]).values_list("state", "error")) == {
        ("skipped", "pagu biaya bulan ini habis")
    }


def test_essential_goes_by_the_cheapest_way_that_is_open(peer: type[Peer]) -> None:
    open_channel("whatsapp")
    cap(0)
    enqueue(outgoing("a", payer=PAYER, ways=[PHONE, CHAT], template="final_answer"), now=MORNING)
    deliver(channel="sms", now=MORNING)
    deliver(channel="whatsapp", now=MORNING + MINUTE)
    assert [(message.key, message.address) for _name, message in peer.taken] == [("a", CHAT.address)]
    assert Message.objects.get().cost == Decimal(400)


def test_what_costs_nothing_is_never_held_back(peer: type[Peer]) -> None:
    cap(0)
    enqueue(outgoing("mail", payer=PAYER), now=MORNING)
    enqueue(outgoing("both", payer=PAYER, ways=[PHONE, MAIL], stream="case:2"), now=MORNING)
    deliver(channel="sms", now=MORNING)
    deliver(channel="email", now=MORNING + MINUTE)
    assert sorted(peer.order()) == ["both", "mail"]


def test_one_agencys_cap_is_not_anothers_and_a_new_month_begins_anew(peer: type[Peer]) -> None:
    cap(500)
    sms(1)
    sms(1, first=1)
    sms(1, first=2, payer="agency:6")
    assert peer.order() == ["s0", "s2"]
    december = MORNING + timedelta(days=30)
    enqueue(outgoing("dec", ways=[PHONE], payer=PAYER, stream="case:50"), now=december)
    deliver(channel="sms", now=december)
    assert peer.order() == ["s0", "s2", "dec"]


def test_a_cap_of_a_brand_counts_all_who_pay_in_it_and_the_newest_row_counts(peer: type[Peer]) -> None:
    cap(10_000_000, payer="", brand="nasional", valid_from=date(2026, 1, 1))
    cap(1000, payer="", brand="nasional")
    sms(1)
    sms(1, first=1, payer="agency:6")
    sms(1, first=2, payer="agency:7")
    assert peer.order() == ["s0", "s1"]


def test_prices_ship_with_a_note_where_they_come_from() -> None:
    Price.objects.all().delete()
    load(lambda line: None)
    assert load(lambda line: None) == 0
    assert all(row.source for row in Price.objects.all())
    assert Price.objects.get(channel="email").amount == 0
    assert Price.objects.get(channel="sms").amount > 0
