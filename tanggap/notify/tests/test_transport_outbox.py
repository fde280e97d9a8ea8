"""The outbox with the real transports: what providers take, refuse and report, seen from the row of the message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tanggap.channels.hooks.whatsapp import whatsapp_hook
from tanggap.common.clock import frozen
from tanggap.notify.models import ChannelConfig, ChannelHealth, Message
from tanggap.notify.outgoing import Way
from tanggap.notify.services.deliver import deliver
from tanggap.notify.services.enqueue import enqueue, enqueue_many
from tanggap.notify.tests.making import CHAT, HOUR, MINUTE, MORNING, PHONE, outgoing
from tanggap.notify.transports import browsers
from tanggap.notify.transports.registry import seal_settings
from tanggap.notify.transports.smpp import keeping
from tests.faults.peers.providers import Fault, Providers, whatsapp_error
from tests.faults.peers.smsc import Mishap, Smsc

pytestmark = pytest.mark.django_db
WAYS = {"whatsapp": CHAT, "telegram": Way("telegram", "99887766"), "sms": PHONE}


@pytest.fixture
def peers(settings: Any) -> Iterator[Providers]:
    settings.BASE_URL = "https://lapor.contoh.id"
    with Providers() as running:
        for channel in ("whatsapp", "telegram", "sms", "webhook", "webpush"):
            configure(channel, running.settings(channel))
        yield running


def configure(channel: str, settings: dict[str, str]) -> None:
    sealed = seal_settings("nasional", channel, settings)
    ChannelConfig.objects.update_or_create(
        brand="nasional", channel=channel, defaults={"sealed": sealed, "updated_at": MORNING}
    )


def row(key: str) -> Message:
    return Message.objects.get(key=key)


@pytest.mark.parametrize("channel", WAYS)
def test_an_hour_of_failing_ends_with_everything_delivered_once_and_in_order(peers, channel):
    keys = [f"{case}-{number}" for number in range(4) for case in ("a", "b", "c")]
    enqueue_many(
        [
            outgoing(key, ways=[WAYS[channel]], stream=f"case:{key[0]}", values={"tracking_id": key, "link": key})
            for key in keys
        ],
        now=MORNING,
    )
    peers.fail_always(channel, Fault(status=503))
    for minute in range(60):
        deliver(channel=channel, now=MORNING + minute * MINUTE)
    assert peers.taken(channel) == []
    assert ChannelHealth.objects.get(channel=channel).failures > 1
    peers.fail_always(channel, None)
    for minute in range(60, 120):
        deliver(channel=channel, now=MORNING + minute * MINUTE)
    texts = [taken.text for taken in peers.taken(channel)]
    assert len(texts) == len(keys)
    for case in "abc":
        mine = [key for text in texts for key in keys if key in text and key.startswith(case)]
        assert list(dict.fromkeys(mine)) == [key for key in keys if key.startswith(case)]


def test_an_answer_lost_on_the_way_repeats_the_same_key(peers):
    peers.fail("whatsapp", Fault(carried_out=True, drop=True))
    enqueue(outgoing("a", ways=[CHAT]), now=MORNING)
    deliver(channel="whatsapp", now=MORNING)
    deliver(channel="whatsapp", now=MORNING + HOUR)
    assert [taken.key for taken in peers.taken("whatsapp")] == ["a", "a"]
    assert row("a").state == "sent"


def test_meta_s_late_refusal_brings_the_template(peers, rf):
    enqueue(outgoing("a", ways=[CHAT]), now=MORNING)
    deliver(channel="whatsapp", now=MORNING)
    (first,) = peers.taken("whatsapp")
    body, headers = peers.whatsapp_report((first.provider_id, "failed", 131047), at=int(MORNING.timestamp()))
    with frozen(MORNING + MINUTE):
        answer = whatsapp_hook(
            rf.post("/hooks/whatsapp/nasional", body, content_type="application/json", headers=headers), "nasional"
        )
    assert answer.status_code == 200
    deliver(channel="whatsapp", now=MORNING + 2 * MINUTE)
    assert [taken.kind for taken in peers.taken("whatsapp")] == ["text", "template"]
    assert row("a").state == "sent"
    assert row("a").provider_id == peers.taken("whatsapp")[1].provider_id


def test_a_number_without_whatsapp_gets_an_sms(peers):
    peers.fail("whatsapp", whatsapp_error(131026))
    enqueue(outgoing("a", ways=[CHAT, PHONE]), now=MORNING)
    deliver(channel="whatsapp", now=MORNING)
    deliver(channel="sms", now=MORNING)
    assert [(taken.channel, taken.address) for taken in peers.taken()] == [("sms", PHONE.address)]


def test_the_gateway_gets_an_address_for_its_reports(peers):
    enqueue(outgoing("a", ways=[PHONE]), now=MORNING)
    deliver(channel="sms", now=MORNING)
    (taken,) = peers.taken("sms")
    assert taken.query["dlr-url"].startswith("https://lapor.contoh.id/hooks/sms/nasional?id=")
    assert row("a").provider_id == taken.key


def test_a_webhook_and_a_push_say_number_clock_and_link_only(peers):
    hook = Way("webhook", f"{peers.url}/hook/1")
    enqueue(outgoing("a", ways=[hook]), now=MORNING)
    deliver(channel="webhook", now=MORNING)
    (taken,) = peers.taken("webhook")
    assert b"K7M2-9QXA-V" in taken.raw
    assert b"Lampu" not in taken.raw
    assert row("a").state == "delivered"


def test_a_recipient_without_browsers_goes_the_next_way(peers):
    assert not browsers.can_be_pushed("person:1")
    enqueue(outgoing("a", ways=[Way("webpush", "person:1"), PHONE]), now=MORNING)
    deliver(channel="webpush", now=MORNING)
    deliver(channel="sms", now=MORNING)
    assert [taken.channel for taken in peers.taken()] == ["sms"]


def test_a_line_that_breaks_after_taking_leaves_one_message_at_the_operator(peers):
    with Smsc() as smsc:
        configure("sms", {"smpp": smsc.url})
        smsc.mishap(Mishap(hang_up="after"))
        enqueue(outgoing("a", ways=[PHONE]), now=MORNING)
        deliver(channel="sms", now=MORNING)
        assert row("a").state == "pending"
        deliver(channel="sms", now=MORNING + HOUR)
        assert row("a").state == "sent"
        assert len(smsc.messages()) == 1
        keeping.close_all()
