"""An exchange ends in time, whatever the other side does; addresses given by strangers lead to the public internet."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.notify.transports import addresses
from tanggap.notify.transports.base import Permanent, ProviderDown
from tanggap.notify.transports.wire import MOST_BYTES, Wire, is_http
from tests.faults.peers.providers import Fault, Providers


@pytest.fixture
def peers() -> Iterator[Providers]:
    with Providers() as running:
        yield running


@pytest.mark.parametrize("fault", [Fault(hang=30), Fault(drip=0.05), Fault(hang=0.1, drop=True)])
def test_a_peer_that_dawdles_costs_no_more_than_the_limit(peers, fault):
    peers.fail("webhook", fault)
    wire = Wire(seconds=0.5)
    began = time.monotonic()
    with pytest.raises(ProviderDown):
        wire.exchange("POST", f"{peers.url}/hook", b"{}")
    assert time.monotonic() - began < 10, "twenty times the limit, a third of what the peer takes"
    wire.close()


def test_the_next_exchange_after_a_bad_one_is_good(peers):
    peers.fail("webhook", Fault(drip=0.05))
    # Both take it from the same limit: long enough for an answer that comes at once on a busy machine.
    wire = Wire(seconds=3)
    with pytest.raises(ProviderDown):
        wire.exchange("POST", f"{peers.url}/hook", b"{}")
    assert wire.exchange("POST", f"{peers.url}/hook", b"{}").good
    wire.close()


def test_an_endless_answer_is_read_to_its_bound(peers):
    peers.fail("webhook", Fault(huge=50_000_000))
    wire = Wire()
    assert len(wire.exchange("POST", f"{peers.url}/hook", b"{}").body) == MOST_BYTES
    wire.close()


def test_a_redirect_is_not_followed(peers):
    peers.fail("webhook", Fault(status=302, headers={"Location": f"{peers.url}/hook/other"}))
    wire = Wire()
    assert wire.exchange("POST", f"{peers.url}/hook", b"{}").status == 302
    assert peers.taken() == []
    wire.close()


def test_a_name_that_leads_inside_is_not_met(peers):
    wire = Wire(public_only=True)
    with pytest.raises(Permanent):
        wire.exchange("POST", f"{peers.url}/hook", b"{}")
    with pytest.raises(Permanent):
        wire.exchange("POST", f"{peers.url}/hook".replace("127.0.0.1", "localhost"), b"{}")
    assert sum(peers.requests.values()) == 0
    wire.close()


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    def both(*_arguments: object, **_named: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.8", 443))]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(addresses.NotPublic):
        addresses.public_addresses("example.org", 443)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1"),
        *("2002:7f00:1::", "2002:a00:1::", "not an address", ""),
    ],
)
def test_private_addresses_are_known_in_every_dress(address):
    assert not addresses.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_public(address):
    assert addresses.is_public(address)


@given(st.integers(min_value=0, max_value=2**32 - 1))
def test_an_address_inside_another_is_judged_as_itself(number):
    inner = IPv4Address(number)
    assert addresses.is_public(f"::ffff:{inner}") == addresses.is_public(str(inner))


@pytest.mark.parametrize(
    "text", ["", "ftp://example.org", "http://", "https://user:pass@example.org/", "http://a:99999999", "https://b ad/"]
)
def test_what_cannot_be_posted_to_is_no_address(text):
    assert not is_http(text)


def test_an_ordinary_address_is_one():
    assert is_http("https://hooks.example.org:8443/lapor?x=1")
