"""WhatsApp and Telegram: what leaves follows the documented payloads, and every refusal means one thing."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tanggap.notify.transports.base import Permanent, ProviderDown, Rendered, Temporary, TransportError
from tanggap.notify.transports.telegram import TelegramTransport
from tanggap.notify.transports.whatsapp import WhatsAppTransport
from tests.faults.peers.providers import Fault, Providers, telegram_error, whatsapp_error

NUMBER = "+6281234567890"


@pytest.fixture
def peers() -> Iterator[Providers]:
    with Providers() as running:
        yield running


@pytest.fixture
def whatsapp(peers: Providers) -> Iterator[WhatsAppTransport]:
    transport = WhatsAppTransport(peers.settings("whatsapp"))
    yield transport
    transport.close()


@pytest.fixture
def telegram(peers: Providers) -> Iterator[TelegramTransport]:
    transport = TelegramTransport(peers.settings("telegram"))
    yield transport
    transport.close()


def message(**changes: object) -> Rendered:
    values = {
        "key": "event:7:reporter",
        "address": NUMBER,
        "text": "Laporan ABCD-EFGH-J sudah dijawab.",
        "template": "lapor_answer",
        "parameters": ("ABCD-EFGH-J", "hari ke-2\ndari 5", ""),
    }
    return Rendered(**(values | changes))  # type: ignore[arg-type]


def refusal(transport: WhatsAppTransport | TelegramTransport, **changes: object) -> TransportError:
    with pytest.raises(TransportError) as caught:
        transport.send(message(**changes))
    said = str(caught.value)
    assert NUMBER.strip("+") not in said
    assert "ABCD" not in said
    assert "token" not in said.lower() or "TG" not in said
    return caught.value


def test_a_whatsapp_text_carries_number_words_and_our_key(peers, whatsapp):
    accepted = whatsapp.send(message())
    (taken,) = peers.taken("whatsapp")
    assert (taken.address, taken.text, taken.key) == ("6281234567890", message().text, "event:7:reporter")
    assert accepted.provider_id == taken.provider_id
    assert not accepted.delivered
    assert json.loads(taken.raw)["recipient_type"] == "individual"


def test_outside_the_24_hours_the_same_message_goes_as_its_template(peers, whatsapp):
    peers.closed_windows.add("6281234567890")
    whatsapp.send(message())
    (taken,) = peers.taken("whatsapp")
    assert (taken.kind, taken.text) == ("template", "lapor_answer")
    # Meta refuses empty parameters and line breaks in them.
    assert taken.parameters == ("ABCD-EFGH-J", "hari ke-2 dari 5", "-")


def test_without_a_template_nothing_goes_outside_the_24_hours(peers, whatsapp):
    peers.closed_windows.add("6281234567890")
    refused = refusal(whatsapp, template="")
    assert isinstance(refused, Permanent)
    assert not refused.address_is_dead
    assert peers.taken() == []


def test_what_meta_refused_later_goes_as_template_at_once(peers, whatsapp):
    whatsapp.send(message(extra={"use_template": "1"}))
    assert [taken.kind for taken in peers.taken()] == ["template"]
    assert peers.requests["whatsapp"] == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (whatsapp_error(130429, status=429), ProviderDown),
        (whatsapp_error(131056, status=400), Temporary),
        (whatsapp_error(131000, status=500), Temporary),
        (whatsapp_error(190, status=401), ProviderDown),
        (Fault(status=503), ProviderDown),
        (Fault(status=500, body="<html>oops</html>"), ProviderDown),
        (Fault(status=200, body="no json"), Temporary),
        (Fault(drop=True), ProviderDown),
    ],
)
def test_what_may_pass_is_tried_again(peers, whatsapp, fault, kind):
    peers.fail("whatsapp", fault)
    refused = refusal(whatsapp)
    assert type(refused) is kind
    whatsapp.send(message())
    assert len(peers.taken("whatsapp")) == 1


def test_a_throttled_pair_names_the_time_to_wait(peers, whatsapp):
    peers.fail("whatsapp", whatsapp_error(131056))
    refused = refusal(whatsapp)
    assert isinstance(refused, Temporary)
    assert refused.retry_after


@pytest.mark.parametrize(("code", "dead"), [(131026, True), (131030, True), (132001, False), (100, False)])
def test_what_meta_refuses_for_good_is_not_tried_again(peers, whatsapp, code, dead):
    peers.fail("whatsapp", whatsapp_error(code))
    refused = refusal(whatsapp)
    assert isinstance(refused, Permanent)
    assert refused.address_is_dead is dead
    assert str(code) in str(refused)


def test_nobody_listening_is_the_provider_s_fault(whatsapp, peers):
    peers.close()
    assert type(refusal(whatsapp)) is ProviderDown


def test_a_telegram_message_is_in_the_chat_when_telegram_says_ok(peers, telegram):
    accepted = telegram.send(message(address="99887766"))
    (taken,) = peers.taken("telegram")
    assert (taken.address, taken.text) == ("99887766", message().text)
    assert accepted.delivered


def test_telegram_names_the_seconds_to_wait(peers, telegram):
    peers.fail("telegram", telegram_error(429, "Too Many Requests: retry after 7", retry_after=7))
    refused = refusal(telegram)
    assert isinstance(refused, Temporary)
    assert refused.retry_after == 7


@pytest.mark.parametrize(
    ("fault", "dead"),
    [
        (telegram_error(403, "Forbidden: bot was blocked by the user"), True),
        (telegram_error(400, "Bad Request: chat not found"), True),
        (telegram_error(400, "Bad Request: message is too long"), False),
    ],
)
def test_a_person_who_left_telegram_is_not_written_to_again(peers, telegram, fault, dead):
    peers.fail("telegram", fault)
    refused = refusal(telegram)
    assert isinstance(refused, Permanent)
    assert refused.address_is_dead is dead


@pytest.mark.parametrize("fault", [telegram_error(401, "Unauthorized"), Fault(status=502, body="bad gateway")])
def test_a_telegram_that_serves_nobody_is_down(peers, telegram, fault):
    peers.fail("telegram", fault)
    assert type(refusal(telegram)) is ProviderDown
