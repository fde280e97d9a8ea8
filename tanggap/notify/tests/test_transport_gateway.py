"""SMS by a gateway: Kannel's form, its answers, and the address its reports come back to."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from tanggap.notify.transports.base import Permanent, ProviderDown, Rendered, Temporary
from tanggap.notify.transports.sms import SmsTransport, report_id, report_proof
from tests.faults.peers.providers import Fault, Providers


@pytest.fixture
def peers() -> Iterator[Providers]:
    with Providers() as running:
        yield running


@pytest.fixture
def sms(peers: Providers) -> Iterator[SmsTransport]:
    way = SmsTransport(peers.settings("sms") | {"brand": "nasional"})
    yield way
    way.close()


def message(text: str = "Laporan Anda: jawaban 100% selesai & dibaca?") -> Rendered:
    return Rendered(key="event:7:reporter", address="+6281234567890", text=text)


def test_the_form_carries_number_text_and_alphabet(peers, sms):
    accepted = sms.send(message())
    (taken,) = peers.taken("sms")
    assert (taken.address, taken.text) == ("+6281234567890", message().text)
    assert (taken.query["coding"], taken.query["from"]) == ("0", "1708")
    assert (accepted.provider_id, accepted.parts) == (report_id("event:7:reporter"), 1)


def test_letters_beyond_the_alphabet_ask_for_ucs2_and_are_counted(peers, sms):
    accepted = sms.send(message("ꦥꦩꦼꦫꦶꦤ꧀ꦠꦃ " * 10))
    assert peers.taken("sms")[0].query["coding"] == "2"
    assert accepted.parts == 2


def test_the_report_address_names_and_proves_the_message_and_hides_the_secret(peers, sms):
    accepted = sms.send(message())
    (taken,) = peers.taken("sms")
    address = urlsplit(taken.query["dlr-url"])
    query = parse_qs(address.query)
    assert address.path == "/hooks/sms/nasional"
    assert query["id"] == [accepted.provider_id]
    assert query["proof"] == [report_proof(peers.secret, accepted.provider_id)]
    assert peers.secret not in taken.query["dlr-url"]
    # The gateway fills in what follows a percent sign: %d is the only one.
    assert taken.query["dlr-url"].count("%") == 1


def test_without_a_secret_no_reports_are_asked_for(peers):
    way = SmsTransport({"http": peers.settings("sms")["http"], "brand": "nasional"})
    way.send(message())
    assert "dlr-url" not in peers.taken("sms")[0].query
    way.close()


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault(status=503, body="Temporal failure, try again later."), ProviderDown),
        (Fault(status=403, body="Authorization failed for sendsms"), ProviderDown),
        (Fault(status=429), Temporary),
        (Fault(drop=True), ProviderDown),
        (Fault(status=400, body="Missing receiver and/or text, rejected"), Permanent),
    ],
)
def test_every_answer_of_the_gateway_means_one_thing(peers, sms, fault, kind):
    peers.fail("sms", fault)
    with pytest.raises(kind) as caught:
        sms.send(message())
    assert type(caught.value) is kind
    assert "6281234567890" not in str(caught.value)
    assert peers.taken() == []
