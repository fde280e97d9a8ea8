"""Push: sealed for one browser, signed by us, no more than number, clock and link; a browser that left is gone."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tanggap.common.errors import Invalid
from tanggap.notify.models import PushSubscription
from tanggap.notify.transports import browsers, push_crypto
from tanggap.notify.transports.base import Permanent, ProviderDown, Rendered, Temporary
from tanggap.notify.transports.push_crypto import plain, point, written
from tanggap.notify.transports.webpush import WebPushTransport
from tests.faults.peers.providers import Fault, Providers

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
RECIPIENT = "reporter:12"
P256 = ec.SECP256R1()


class Browser:
    """A browser's half: its key, its secret, and reading what was sealed for it."""

    def __init__(self, peers: Providers, name: str = "a") -> None:
        self.private = ec.generate_private_key(P256)
        self.secret = secrets.token_bytes(16)
        self.endpoint = f"{peers.url}/push/{name}"

    def subscription(self) -> dict[str, object]:
        keys = {"p256dh": written(point(self.private.public_key())), "auth": written(self.secret)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def read(self, body: bytes) -> dict[str, str]:
        salt, size, rest = body[:16], body[20], body[21:]
        sender, sealed = rest[:size], rest[size:]
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(P256, sender))
        ours = point(self.private.public_key())
        material = stretched(shared, self.secret, b"WebPush: info\0" + ours + sender, 32)
        key = stretched(material, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = stretched(material, salt, b"Content-Encoding: nonce\0", 12)
        value: dict[str, str] = json.loads(AESGCM(key).decrypt(nonce, sealed, None).removesuffix(b"\x02"))
        return value


def stretched(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(material)


@pytest.fixture
def peers() -> Iterator[Providers]:
    with Providers() as running:
        yield running


@pytest.fixture
def push(peers: Providers) -> Iterator[WebPushTransport]:
    transport = WebPushTransport(peers.settings("webpush"))
    yield transport
    transport.close()


def subscribed(peers: Providers, name: str = "a", recipient: str = RECIPIENT) -> Browser:
    browser = Browser(peers, name)
    browsers.subscribe(recipient_key=recipient, subscription=browser.subscription(), now=NOW)
    return browser


def message(key: str = "event:7:reporter") -> Rendered:
    told = {"tracking_id": "ABCD-EFGH-J", "clock": "hari ke-2 dari 5", "link": "https://x.id/l/ABCD-EFGH-J"}
    return Rendered(key=key, address=RECIPIENT, text="isi jawaban", subject="judul", extra=told, brand_name="LAPOR!")


def test_the_worked_example_of_rfc_8291():
    sender = ec.derive_private_key(int.from_bytes(plain("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), P256)
    sealed = push_crypto.sealed_for(
        b"When I grow up, I want to be a watermelon",
        browser=plain("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        secret=plain("BTBZMqHH6r4Tts7J_aSIgg"),
        salt=plain("DGv6ra1nlYgDCS1FRnbzlw"),
        ours=sender,
    )
    assert written(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.django_db
def test_a_browser_reads_number_clock_and_link_and_nothing_else(peers, push):
    browser = subscribed(peers)
    push.send(message())
    (taken,) = peers.taken("webpush")
    told = browser.read(taken.raw)
    assert set(told) == {"title", "tag", "tracking_id", "clock", "link"}
    assert (told["title"], told["tracking_id"]) == ("LAPOR!", "ABCD-EFGH-J")
    assert b"isi jawaban" not in json.dumps(told).encode()


@pytest.mark.django_db
def test_a_repeated_attempt_has_the_same_topic_so_that_it_shows_once(peers, push):
    subscribed(peers)
    push.send(message())
    push.send(message())
    push.send(message("event:8:reporter"))
    first, again, other = (taken.key for taken in peers.taken("webpush"))
    assert first == again != other


@pytest.mark.django_db
def test_the_push_service_can_check_that_it_is_us(peers, push):
    subscribed(peers)
    push.send(message())
    (taken,) = peers.taken("webpush")
    token, key = (part.split("=", 1)[1] for part in taken.headers["authorization"].removeprefix("vapid ").split(", "))
    head, claims, signature = token.split(".")
    raw = plain(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public = ec.EllipticCurvePublicKey.from_encoded_point(P256, plain(key))
    public.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    assert json.loads(plain(claims))["aud"] == peers.url
    assert key == browsers.public_push_key()


@pytest.mark.django_db
@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_left_is_forgotten(peers, push, status):
    subscribed(peers)
    peers.fail("webpush", Fault(status=status))
    with pytest.raises(Permanent) as caught:
        push.send(message())
    assert caught.value.address_is_dead
    assert not browsers.can_be_pushed(RECIPIENT)


@pytest.mark.django_db
def test_one_browser_that_left_does_not_silence_the_other(peers, push):
    subscribed(peers, "old")
    kept = subscribed(peers, "new")
    peers.fail("webpush", Fault(status=201, carried_out=True))
    peers.fail("webpush", Fault(status=410))
    push.send(message())
    assert [taken.address for taken in peers.taken("webpush")] == ["/push/new"]
    assert [browser.endpoint for browser in browsers.browsers_of(RECIPIENT)] == [kept.endpoint]


@pytest.mark.django_db
def test_every_browser_of_the_recipient_is_told_and_no_other(peers, push):
    subscribed(peers, "phone")
    subscribed(peers, "desk")
    subscribed(peers, "stranger", recipient="reporter:13")
    push.send(message())
    assert sorted(taken.address for taken in peers.taken("webpush")) == ["/push/desk", "/push/phone"]


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [Fault(status=503), Fault(status=429), Fault(drop=True)])
def test_one_push_service_that_is_down_is_not_the_whole_channel(peers, push, fault):
    subscribed(peers)
    peers.fail("webpush", fault)
    with pytest.raises(Temporary) as caught:
        push.send(message())
    assert not isinstance(caught.value, ProviderDown)
    assert browsers.can_be_pushed(RECIPIENT)


@pytest.mark.django_db
def test_an_endpoint_that_leads_inside_is_never_met(peers):
    subscribed(peers)
    guarded = WebPushTransport({})
    with pytest.raises(Permanent):
        guarded.send(message())
    assert sum(peers.requests.values()) == 0
    guarded.close()


@pytest.mark.django_db
def test_the_same_browser_again_is_one_row_and_too_many_lose_the_oldest(peers):
    browser = subscribed(peers)
    browsers.subscribe(recipient_key=RECIPIENT, subscription=browser.subscription(), now=NOW)
    assert PushSubscription.objects.count() == 1
    for number in range(browsers.MOST_BROWSERS):
        later = NOW + timedelta(minutes=number + 1)
        other = Browser(peers, str(number))
        browsers.subscribe(recipient_key=RECIPIENT, subscription=other.subscription(), now=later)
    assert PushSubscription.objects.count() == browsers.MOST_BROWSERS
    assert browser.endpoint not in {kept.endpoint for kept in browsers.browsers_of(RECIPIENT)}


@pytest.mark.django_db
def test_one_browser_follows_several_cases(peers, push):
    browser = subscribed(peers)
    browsers.subscribe(recipient_key="reporter:13", subscription=browser.subscription(), now=NOW)
    push.send(message())
    assert len(peers.taken("webpush")) == 1
    assert browsers.forget_recipient(RECIPIENT) == 1
    assert browsers.can_be_pushed("reporter:13")


@pytest.mark.django_db
def test_a_row_shows_neither_address_nor_keys(peers):
    browser = subscribed(peers)
    row = PushSubscription.objects.get()
    assert browser.endpoint.encode() not in bytes(row.sealed)
    assert browsers.unsubscribe(recipient_key="reporter:13", endpoint=browser.endpoint) is False
    assert browsers.unsubscribe(recipient_key=RECIPIENT, endpoint=browser.endpoint) is True


@pytest.mark.django_db
@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"endpoint": "https://x.org/1"},
        {"endpoint": "https://x.org/1", "keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"endpoint": "https://x.org/1", "keys": None},
        {"endpoint": "javascript:alert(1)", "keys": {"p256dh": written(b"\x04" * 65), "auth": written(b"1" * 16)}},
    ],
)
def test_a_subscription_that_is_none_is_refused(broken):
    with pytest.raises(Invalid):
        browsers.subscribe(recipient_key=RECIPIENT, subscription=broken, now=NOW)
    assert not PushSubscription.objects.exists()
