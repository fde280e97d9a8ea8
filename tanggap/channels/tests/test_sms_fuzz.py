"""Whatever an operator or a gateway sends: no exception escapes, and what is kept can be read or says why not.

Short here; with TANGGAP_LONG=1 about five minutes.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanggap.channels.models import Inbound
from tanggap.channels.said import Said, Unreadable
from tanggap.channels.sms.alphabets import Piece, alphabet_of, text_of
from tanggap.channels.sms.header import place_of
from tanggap.channels.sms.keywords import beginnings, code_in_front, without_flags
from tanggap.channels.sms.packet import Origin, packed, written
from tanggap.channels.sms.reading import read
from tanggap.common.clock import now
from tanggap.common.crypto import unseal
from tanggap.notify.models import ChannelConfig
from tanggap.notify.transports.registry import seal_settings
from tanggap.notify.transports.smpp.account import Account, parse_account
from tanggap.notify.transports.smpp.link import Link
from tanggap.notify.transports.smpp.receipts import receipt_of, received_of
from tests.faults.peers.smsc import DELIVER, HEADER

LONG = os.environ.get("TANGGAP_LONG") == "1"
SECRET = "rahasia-gerbang"


def examples(short: int, long: int) -> settings:
    quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=long if LONG else short, deadline=None, suppress_health_check=quiet, database=None)


octets = st.binary(max_size=200)
headers = st.one_of(
    octets,
    st.builds(lambda rest: bytes([len(rest)]) + rest, st.binary(max_size=40)),
    st.builds(lambda ref, total, part: bytes([5, 0, 3, ref, total, part]), *[st.integers(0, 255)] * 3),
)
alphabets = st.one_of(
    st.builds(alphabet_of, st.integers(0, 255), st.sampled_from(["gsm", "packed", "latin1"])), st.text(max_size=12)
)
pieces = st.one_of(st.none(), st.builds(Piece, alphabets, octets, headers))


@given(st.lists(pieces, max_size=5), st.text(max_size=30))
@examples(300, 20_000)
def test_any_octets_in_any_alphabet_become_text(parts, sender):
    kept = written(Origin("nasional", sender, "1708"), [packed(piece) if piece else None for piece in parts])
    said = read(kept)
    assert said is None or (isinstance(said.text, str) and "\x00" not in said.text)
    assert isinstance(text_of(parts), str)
    for piece in parts:
        place = place_of(piece.header) if piece else None
        assert place is None or 1 <= place.number <= place.total


@given(st.one_of(octets, st.text(max_size=200).map(str.encode)))
@examples(200, 20_000)
def test_any_payload_is_read_or_refused(payload):
    with suppress(Unreadable):
        assert isinstance(read(payload), Said | None)


@given(st.one_of(st.text(max_size=200), st.text(alphabet="KABkota. :35/27ANOIMdinkes-\n", max_size=60)))
@examples(300, 20_000)
def test_any_text_has_beginnings_and_loses_nothing(text):
    flags, words = without_flags(text)
    assert flags + words == text
    for found in [*beginnings(words), *filter(None, [code_in_front(words)])]:
        assert words.endswith(found.rest)


@pytest.fixture
def line() -> Iterator[tuple[Link, socket.socket]]:
    """A connection of ours and the operator's end of it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        account: Account = parse_account(f"smpp://u:p@127.0.0.1:{listener.getsockname()[1]}")
        link = Link(account)
        operator, _peer = listener.accept()
        with operator:
            yield link, operator
            link.close()


names = st.binary(max_size=24).map(lambda name: name.replace(b"\0", b"1") + b"\0")
fields = st.lists(
    st.builds(
        lambda tag, size, value: tag.to_bytes(2) + (len(value) if size is None else size).to_bytes(2) + value,
        st.one_of(st.integers(0, 0xFFFF), st.sampled_from([0x20C, 0x20E, 0x20F, 0x424, 0x1E, 0x427, 0x05, 0x1401])),
        st.one_of(st.none(), st.integers(0, 0xFFFF)),
        st.binary(max_size=20),
    ),
    max_size=4,
).map(b"".join)
deliveries = st.builds(
    lambda a, b, c, kinds, d, e, coding, size, text, more: (
        a + kinds + b + kinds + c + kinds + b"\1" + d + e + bytes([0, 0, coding, 0])
        + bytes([len(text) if size is None else size]) + text + more
    ),
    names, names, names, st.binary(min_size=2, max_size=2), names, names, st.integers(0, 255),
    st.one_of(st.none(), st.integers(0, 255)), st.binary(max_size=160), fields,
)  # fmt: skip


@given(
    st.one_of(st.just(DELIVER), st.integers(0, 0xFFFFFFFF)),
    st.one_of(deliveries, st.binary(max_size=300)),
    st.integers(0, 0xFFFFFFFF),
)
@examples(400, 20_000)
def test_any_packet_is_read_or_answered_and_the_line_goes_on(line, command, body, sequence):
    link, operator = line
    operator.sendall(HEADER.pack(HEADER.size + len(body), command, 0, sequence) + body)
    packet = link.read(5)
    if packet is None:
        if not command & 0x80000000:
            assert len(operator.recv(4096)) >= HEADER.size
        return
    if packet.command == "deliver_sm":
        receipt_of(packet)
        received = received_of(packet)
        piece = Piece(alphabet_of(received.coding, "gsm"), received.payload, received.header)
        read(written(Origin("nasional", received.sender, received.recipient), [packed(piece)]))


@given(
    st.dictionaries(
        st.one_of(st.sampled_from(["from", "to", "text", "coding", "charset", "udh", "time", "smsc", "id"]), st.text()),
        st.one_of(octets, st.sampled_from([b"+6281234567890", b"2", b"UTF-16BE"])),
        max_size=12,
    ),
    st.booleans(),
)
@examples(50, 2_000)
@pytest.mark.django_db
def test_any_request_of_a_gateway_is_answered_and_only_a_proved_one_is_kept(given_fields, knows):
    sealed = seal_settings("nasional", "sms", {"http": "http://127.0.0.1:1/", "secret": SECRET})
    ChannelConfig.objects.update_or_create(
        brand="nasional", channel="sms", defaults={"sealed": sealed, "updated_at": now()}
    )
    before = Inbound.objects.count()
    told = {**given_fields, "secret": SECRET if knows else "tebakan"}
    form = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in told.items())
    status = Client().get("/hooks/sms/nasional", QUERY_STRING=form).status_code
    assert status in ({200, 400, 403} if "proof" in told else {200, 400} if knows else {403})
    if not knows:
        assert Inbound.objects.count() == before
    for row in Inbound.objects.order_by("-id")[:2]:
        read(unseal(row.sealed, context=row.context))


def quoted(value: str | bytes) -> str:
    """Every octet in hexadecimal, so that each arrives as it is."""
    octets_of = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
    return "".join(f"%{octet:02x}" for octet in octets_of)
