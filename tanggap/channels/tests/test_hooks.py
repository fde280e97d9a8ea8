"""What providers tell about our messages comes in once it is proved to come from them, and changes nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tanggap.common.clock import frozen
from tanggap.notify.models import ChannelConfig, DeliveryReport, Message
from tanggap.notify.transports.base import Rendered
from tanggap.notify.transports.registry import seal_settings
from tanggap.notify.transports.sms import SmsTransport, report_id
from tests.faults.peers.providers import Providers

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
WHATSAPP, SMS = "/hooks/whatsapp/nasional", "/hooks/sms/nasional"


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with frozen(NOW):
        yield


@pytest.fixture
def peers() -> Iterator[Providers]:
    with Providers() as running:
        for channel in ("whatsapp", "sms"):
            sealed = seal_settings("nasional", channel, running.settings(channel))
            ChannelConfig.objects.create(brand="nasional", channel=channel, sealed=sealed, updated_at=NOW)
        yield running


def sent(channel: str, provider_id: str) -> Message:
    return Message.objects.create(
        key=f"event:{provider_id}",
        template="final_answer",
        channel=channel,
        state="sent",
        provider_id=provider_id,
        created_at=NOW,
        due_at=NOW,
        not_before=NOW,
        sent_at=NOW,
        recipient_key="reporter:1",
    )


def tell(client: Client, peers: Providers, *statuses: tuple[object, ...], at: datetime = NOW) -> int:
    body, headers = peers.whatsapp_report(*statuses, at=int(at.timestamp()))
    return client.post(WHATSAPP, body, content_type="application/json", headers=headers).status_code


def test_meta_s_greeting_is_answered_to_whoever_knows_the_word(client, peers):
    query = {"hub.mode": "subscribe", "hub.verify_token": "verify-me", "hub.challenge": "1158201444"}
    good = client.get(WHATSAPP, query)
    assert (good.status_code, good.content) == (200, b"1158201444")
    assert good["Content-Type"].startswith("text/plain")
    for wrong in ({"hub.verify_token": "guess"}, {"hub.mode": "x"}, {"hub.challenge": "<script>"}):
        assert client.get(WHATSAPP, query | wrong).status_code == 403


def test_delivered_and_read_come_in_with_their_times(client, peers):
    message = sent("whatsapp", "wamid.1")
    later = NOW - timedelta(minutes=1)
    assert tell(client, peers, ("wamid.1", "sent"), ("wamid.1", "delivered"), at=later) == 200
    message.refresh_from_db()
    assert (message.state, message.delivered_at) == ("delivered", later)
    assert tell(client, peers, ("wamid.1", "read")) == 200
    message.refresh_from_db()
    assert (message.state, message.read_at) == ("read", NOW)


def test_out_of_order_and_twice_changes_nothing(client, peers):
    message = sent("whatsapp", "wamid.1")
    for _time in range(2):
        assert tell(client, peers, ("wamid.1", "read"), ("wamid.1", "delivered"), ("wamid.1", "sent")) == 200
    message.refresh_from_db()
    assert message.state == "read"


def test_a_report_before_its_message_is_kept(client, peers):
    assert tell(client, peers, ("wamid.9", "delivered")) == 200
    assert DeliveryReport.objects.get().provider_id == "wamid.9"


def test_a_failure_says_why_without_saying_to_whom(client, peers):
    message = sent("whatsapp", "wamid.1")
    tell(client, peers, ("wamid.1", "failed", 131026))
    message.refresh_from_db()
    assert message.error.startswith("131026: ")
    assert "6281200000000" not in message.error


def test_what_is_not_signed_by_meta_changes_nothing(client, peers):
    message = sent("whatsapp", "wamid.1")
    body, headers = peers.whatsapp_report(("wamid.1", "read"))
    for wrong in ({}, {"X-Hub-Signature-256": "sha256=00"}, {"X-Hub-Signature-256": "ü"}):
        given = client.post(WHATSAPP, body, content_type="application/json", headers=wrong)
        assert given.status_code == 403
    changed = body.replace(b"wamid.1", b"wamid.2")
    assert client.post(WHATSAPP, changed, content_type="application/json", headers=headers).status_code == 403
    message.refresh_from_db()
    assert message.state == "sent"
    assert not DeliveryReport.objects.exists()


@pytest.mark.parametrize(
    "told",
    [
        {},
        [],
        "text",
        {"entry": None},
        {"entry": [{"changes": [{"value": {"statuses": [{"id": "w", "status": "deleted"}]}}]}]},
        {
            "entry": [
                {"changes": [{"value": {"statuses": [{"status": "read"}, 7, None, {"id": "", "status": "read"}]}}]}
            ]
        },
        {"entry": [1, {"changes": "x"}, {"changes": [{"value": []}]}]},
        {"entry": [{"changes": [{"value": {"messages": [{"from": "62", "text": {"body": "halo"}}]}}]}]},
    ],
)
def test_what_meta_may_add_one_day_is_taken_in_and_left_alone(client, peers, told):
    body = json.dumps(told).encode()
    given = client.post(WHATSAPP, body, content_type="application/json", headers=peers.whatsapp_signature(body))
    assert given.status_code == 200
    assert not DeliveryReport.objects.exists()


def test_a_signed_body_that_is_no_json_is_refused(client, peers):
    body = b"\xff\xfe{"
    given = client.post(WHATSAPP, body, content_type="application/json", headers=peers.whatsapp_signature(body))
    assert given.status_code == 400


def test_a_body_longer_than_any_provider_s_is_not_read(client, peers):
    body = b" " * (3 * 1024 * 1024 + 1)
    given = client.post(WHATSAPP, body, content_type="application/json", headers=peers.whatsapp_signature(body))
    assert given.status_code == 413


@pytest.mark.parametrize("stamp", ["99999999999999", "-5", "x", "", None, "4102444800"])
def test_a_clock_that_is_wrong_never_dates_a_report_into_the_future(client, peers, stamp):
    message = sent("whatsapp", "wamid.1")
    body, _headers = peers.whatsapp_report(("wamid.1", "delivered"))
    told = json.loads(body)
    told["entry"][0]["changes"][0]["value"]["statuses"][0]["timestamp"] = stamp
    body = json.dumps(told).encode()
    client.post(WHATSAPP, body, content_type="application/json", headers=peers.whatsapp_signature(body))
    message.refresh_from_db()
    assert (message.state, message.delivered_at) == ("delivered", NOW)


@pytest.mark.parametrize("path", ["/hooks/whatsapp/lain", "/hooks/sms/lain"])
def test_a_brand_without_the_channel_has_no_hook(client, peers, path):
    assert client.get(path).status_code == 404
    assert client.post(path, b"{}", content_type="application/json").status_code == 404


def test_a_hook_sets_no_cookie_and_takes_no_other_method(client, peers):
    assert not client.get(WHATSAPP).cookies
    assert client.put(WHATSAPP).status_code == 405


def gateway_report(peers: Providers, state: int) -> str:
    """The address a gateway would fetch for a message it took from us."""
    way = SmsTransport(peers.settings("sms") | {"brand": "nasional"})
    way.send(Rendered(key="event:7", address="+6281234567890", text="Laporan Anda sudah dijawab."))
    way.close()
    return peers.sms_report(peers.taken("sms")[-1], state).partition("/hooks")[2]


@pytest.mark.parametrize(
    ("number", "state"), [(1, "delivered"), (2, "failed"), (16, "failed"), (4, "sent"), (8, "sent"), (66, "sent")]
)
def test_a_gateway_reports_by_the_address_we_gave_along(client, peers, number, state):
    message = sent("sms", report_id("event:7"))
    assert client.get("/hooks" + gateway_report(peers, number)).status_code == 200
    message.refresh_from_db()
    # Without another way of reaching the person a failure ends as a dead letter.
    assert message.state == state


def test_a_report_about_another_message_needs_its_own_proof(client, peers):
    message = sent("sms", report_id("event:8"))
    address = "/hooks" + gateway_report(peers, 1)
    forged = address.replace(report_id("event:7"), report_id("event:8"))
    for wrong in (forged, address.replace("proof=", "proof=0"), f"{SMS}?id=1&proof=x&state=1", SMS):
        assert client.get(wrong).status_code == 403
    message.refresh_from_db()
    assert message.state == "sent"


def test_a_gateway_without_a_secret_reports_to_nobody(client, peers):
    sealed = seal_settings("nasional", "sms", {"http": "http://127.0.0.1:1/"})
    ChannelConfig.objects.filter(channel="sms").update(sealed=sealed)
    assert client.get("/hooks" + gateway_report(peers, 1)).status_code == 404
