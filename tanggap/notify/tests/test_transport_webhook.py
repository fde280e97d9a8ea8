"""A webhook proves who sent it and when, says no more than number, clock and link, and never leads inside."""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Iterator
from hashlib import sha256

import pytest

from tanggap.notify.transports.base import Permanent, ProviderDown, Rendered, Temporary
from tanggap.notify.transports.webhook import WebhookTransport
from tests.faults.peers.providers import Fault, Providers


@pytest.fixture
def peers() -> Iterator[Providers]:
    with Providers() as running:
        yield running


@pytest.fixture
def webhook(peers: Providers) -> Iterator[WebhookTransport]:
    transport = WebhookTransport(peers.settings("webhook"))
    yield transport
    transport.close()


def message(peers: Providers, **changes: object) -> Rendered:
    extra = {
        "tracking_id": "ABCD-EFGH-J",
        "clock": "hari ke-2 dari 5",
        "link": "https://x.id/l/1",
        "event": "case_closed",
    }
    values = {"key": "event:7:hook", "address": f"{peers.url}/hook/1", "text": "RAHASIA isi laporan", "extra": extra}
    return Rendered(**(values | changes))  # type: ignore[arg-type]


def test_the_receiver_can_check_sender_time_and_body(peers, webhook):
    assert webhook.send(message(peers)).delivered
    (taken,) = peers.taken("webhook")
    parts = dict(part.split("=", 1) for part in taken.headers["x-tanggap-signature"].split(","))
    assert abs(int(parts["t"]) - time.time()) < 60
    expected = hmac.new(peers.secret.encode(), f"{parts['t']}.".encode() + taken.raw, sha256).hexdigest()
    assert hmac.compare_digest(parts["v1"], expected)
    assert taken.key == "event:7:hook"


def test_the_body_says_number_clock_and_link_only(peers, webhook):
    webhook.send(message(peers))
    (taken,) = peers.taken("webhook")
    assert json.loads(taken.raw) == {
        "id": "event:7:hook",
        "event": "case_closed",
        "tracking_id": "ABCD-EFGH-J",
        "clock": "hari ke-2 dari 5",
        "link": "https://x.id/l/1",
    }


@pytest.mark.parametrize(
    "fault", [Fault(status=500), Fault(status=429, headers={"Retry-After": "9"}), Fault(drop=True)]
)
def test_one_receiver_that_is_down_holds_up_no_other(peers, webhook, fault):
    peers.fail("webhook", fault)
    with pytest.raises(Temporary) as caught:
        webhook.send(message(peers))
    assert not isinstance(caught.value, ProviderDown)
    assert caught.value.retry_after == (9 if fault.status == 429 else None)


def test_a_receiver_that_is_gone_is_dead_and_one_that_refuses_is_not(peers, webhook):
    for status, dead in ((410, True), (403, False), (301, False)):
        peers.fail("webhook", Fault(status=status))
        with pytest.raises(Permanent) as caught:
            webhook.send(message(peers))
        assert caught.value.address_is_dead is dead


def test_without_leave_a_webhook_never_reaches_a_private_address(peers):
    guarded = WebhookTransport({"secret": "s"})
    with pytest.raises(Permanent):
        guarded.send(message(peers))
    with pytest.raises(Permanent):
        guarded.send(message(peers, address="file:///etc/passwd"))
    assert sum(peers.requests.values()) == 0
    guarded.close()
