"""Facebook, Instagram and X: what leaves follows the documented payloads, and every refusal means one thing."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tanggap.notify.places import Place, is_public
from tanggap.notify.transports.base import Permanent, ProviderDown, Rendered, Temporary, Transport, TransportError
from tanggap.notify.transports.meta import FacebookTransport, InstagramTransport
from tanggap.notify.transports.pieces import in_bytes, one_piece, pieces
from tanggap.notify.transports.x import XTransport
from tanggap.notify.transports.x_signing import signed
from tests.faults.peers.providers import Fault
from tests.faults.peers.social import ACCOUNT, Social, graph_error, x_problem

PERSON = "5012345678901234"
NUMBER = "ABCD-EFGH-J"


@pytest.fixture
def peers() -> Iterator[Social]:
    with Social() as running:
        yield running


@pytest.fixture
def facebook(peers: Social) -> Iterator[FacebookTransport]:
    transport = FacebookTransport(peers.settings("meta"))
    yield transport
    transport.close()


@pytest.fixture
def instagram(peers: Social) -> Iterator[InstagramTransport]:
    transport = InstagramTransport(peers.settings("meta"))
    yield transport
    transport.close()


@pytest.fixture
def x(peers: Social) -> Iterator[XTransport]:
    transport = XTransport(peers.settings("x"))
    yield transport
    transport.close()


def message(address: str = PERSON, text: str = f"Laporan {NUMBER} sudah dijawab.", **more: object) -> Rendered:
    return Rendered(key="event:7:reporter", address=address, text=text, extra={"tracking_id": NUMBER, **more})


def refusal(transport: Transport, one: Rendered) -> TransportError:
    with pytest.raises(TransportError) as caught:
        transport.send(one)
    said = str(caught.value)
    assert not any(word in said for word in (PERSON, NUMBER, "page-token", "x-token"))
    return caught.value


def test_a_place_is_spelled_one_way() -> None:
    for address in (
        PERSON,
        "private:comment:7_8",
        "public:post:9",
        "public:mention:17900:17901",
        "public:mention:17900",
    ):
        assert Place.parsed(address).address == address
        assert is_public("facebook", address) == address.startswith("public:")
    assert not is_public("webhook", "public:comment:1")


def test_a_message_to_a_person_is_an_answer_within_the_window(peers: Social, facebook: FacebookTransport) -> None:
    accepted = facebook.send(message())
    (said,) = peers.taken("facebook")
    assert (said.kind, said.address, said.text) == ("message", PERSON, message().text)
    assert said.raw["messaging_type"] == "RESPONSE"
    assert "tag" not in said.raw
    assert (accepted.provider_id, accepted.delivered) == (said.provider_id, False)


def test_after_24_hours_this_way_has_ended(peers: Social, facebook: FacebookTransport) -> None:
    peers.closed_windows.add(PERSON)
    ended = refusal(facebook, message())
    assert isinstance(ended, Permanent)
    assert not ended.address_is_dead


def test_a_post_is_answered_in_private_once(peers: Social, facebook: FacebookTransport) -> None:
    facebook.send(message("private:comment:7_8"))
    facebook.send(message("private:post:1_7"))
    assert [(one.kind, dict(one.raw["recipient"])) for one in peers.taken()] == [
        ("private", {"comment_id": "7_8"}),
        ("private", {"post_id": "1_7"}),
    ]
    assert isinstance(refusal(facebook, message("private:comment:7_8")), Permanent)


def test_replies_stand_where_the_words_stood(
    peers: Social, facebook: FacebookTransport, instagram: InstagramTransport
) -> None:
    for transport, address in (
        (facebook, "public:comment:7_8"),
        (facebook, "public:post:1_7"),
        (instagram, "public:comment:17901"),
        (instagram, "public:mention:17900:17902"),
    ):
        transport.send(message(address))
    assert [(one.channel, one.kind, one.address) for one in peers.taken()] == [
        ("facebook", "reply", "7_8"),
        ("facebook", "reply", "1_7"),
        ("instagram", "reply", "17901"),
        ("instagram", "mention", "17902"),
    ]
    assert peers.calls[-1][1] == f"/v24.0/{ACCOUNT}/mentions"
    assert isinstance(refusal(facebook, message("public:mention:17900")), Permanent)


def test_what_may_not_be_said_in_public_is_not_sent(peers: Social, facebook: FacebookTransport, x: XTransport) -> None:
    assert isinstance(refusal(facebook, message("public:comment:7_8", text="")), Permanent)
    assert isinstance(refusal(x, message("public:post:7", text="")), Permanent)
    assert not peers.taken()


def test_long_words_go_in_pieces_and_none_is_too_long_for_instagram(
    peers: Social, instagram: InstagramTransport
) -> None:
    text = " ".join(f"kata{n}é" for n in range(250))
    instagram.send(message("17800000000000001", text=text))
    sent = [one.text for one in peers.taken("instagram")]
    assert " ".join(sent) == text
    assert max(len(one.encode()) for one in sent) <= 1000


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (graph_error(190, 463, status=401), ProviderDown),
        (graph_error(10), ProviderDown),
        (graph_error(10, 2018278), Permanent),
        (graph_error(10, 2018108), Permanent),
        (graph_error(200), ProviderDown),
        (graph_error(200, 1545041), Permanent),
        (graph_error(551), Permanent),
        (graph_error(613), ProviderDown),
        (graph_error(4, status=403), ProviderDown),
        (graph_error(368), ProviderDown),
        (graph_error(100), Permanent),
        (graph_error(100, 2018001), Permanent),
        (graph_error(100, 33), Permanent),
        (graph_error(1, status=500), Temporary),
        (graph_error(2), Temporary),
        (Fault(status=503, body="<html>"), ProviderDown),
        (Fault(status=429, headers={"Retry-After": "30"}), ProviderDown),
        (Fault(status=200, body={}), Temporary),
        (Fault(status=400, body={"error": {"code": "x", "error_subcode": []}}), Permanent),
        (Fault(drop=True), ProviderDown),
    ],
)
def test_what_meta_refuses_means_one_thing(
    peers: Social, facebook: FacebookTransport, fault: Fault, kind: type[TransportError]
) -> None:
    peers.fail("meta", fault)
    assert type(refusal(facebook, message())) is kind


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (x_problem(401), ProviderDown),
        (x_problem(402), ProviderDown),
        (x_problem(403, detail="You are not allowed to reply to this conversation."), Permanent),
        (x_problem(403, kind="https://api.x.com/2/problems/client-forbidden"), ProviderDown),
        (x_problem(404), Permanent),
        (x_problem(400), Permanent),
        (x_problem(503), ProviderDown),
        (Fault(status=201, body={"data": {}}), Temporary),
        (Fault(status=403, body="<html>"), Permanent),
    ],
)
def test_what_x_refuses_means_one_thing(peers: Social, x: XTransport, fault: Fault, kind: type[TransportError]) -> None:
    peers.fail("x", fault)
    assert type(refusal(x, message("public:post:77"))) is kind


def test_x_says_until_when_it_is_to_be_left_alone(peers: Social, x: XTransport) -> None:
    peers.fail("x", x_problem(429, headers={"x-rate-limit-reset": str(int(time.time()) + 600)}))
    down = refusal(x, message())
    assert isinstance(down, ProviderDown)
    assert 500 < (down.retry_after or 0) <= 600


def test_a_reply_on_x_carries_no_link_and_a_direct_message_may(peers: Social, x: XTransport) -> None:
    words = f"Laporan {NUMBER} dijawab. Baca di https://lapor.contoh.id/l/{NUMBER} atau lapor.contoh.id/l/x"
    assert x.send(message("public:post:77", text=words)).provider_id.startswith("post:")
    assert x.send(message("440", text=words)).delivered
    reply, direct = peers.taken("x")
    assert (reply.address, reply.text) == ("77", f"Laporan {NUMBER} dijawab. Baca di atau")
    assert (direct.kind, direct.text) == ("message", words)


def test_words_with_a_number_that_x_has_already_count_as_said(peers: Social, x: XTransport) -> None:
    x.send(message("public:post:77"))
    assert x.send(message("public:post:77")).provider_id == ""
    assert len(peers.taken("x")) == 1


def test_words_without_a_number_are_told_apart(peers: Social, x: XTransport) -> None:
    for key, place in (("a", "77"), ("b", "78")):
        x.send(Rendered(key=key, address=f"public:post:{place}", text="Tulis lewat pesan pribadi.", extra={}))
    first, second = peers.taken("x")
    assert first.text != second.text


def test_who_takes_no_direct_messages_is_reached_another_way(peers: Social, x: XTransport) -> None:
    peers.closed_messages.add("440")
    assert isinstance(refusal(x, message("440")), Permanent)
    for wrong in ("abc", "private:post:7", "public:mention:7"):
        assert isinstance(refusal(x, message(wrong)), Permanent)


def test_requests_are_signed_where_the_keys_are_set(peers: Social) -> None:
    keys = {"token": "t", "token_secret": "ts", "consumer_key": "ck", "consumer_secret": "cs"}
    transport = XTransport({**peers.settings("x"), **keys})
    transport.send(message("public:post:77"))
    transport.close()
    assert peers.taken("x")


def test_a_signature_is_the_one_of_the_documented_example() -> None:
    """The worked example of X's page "Creating a signature", with its parameters in the query."""
    keys = {
        "token": "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        "token_secret": "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
        "consumer_key": "xvz1evFS4wEEPTGEFPHBog",
        "consumer_secret": "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    }
    url = (
        "https://api.x.com/1.1/statuses/update.json?include_entities=true"
        "&status=Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21"
    )
    header = signed(keys, "POST", url, nonce="kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", at=1318622958)
    assert 'oauth_signature="Ls93hJiZbQ3akF3HF3x1Bz8%2FzU4%3D"' in header


def test_pieces_lose_nothing_and_end() -> None:
    assert pieces("", 10) == []
    assert pieces("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]
    assert pieces("satu dua tiga", 8) == ["satu dua", "tiga"]
    long = pieces("kata " * 100, 20)
    assert len(long) == 4
    assert long[-1].endswith("…")
    assert one_piece("é" * 30, 20, in_bytes).encode().__len__() <= 20
