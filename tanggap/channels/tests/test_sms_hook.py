"""A gateway's words come in once it is proved to be ours, in any alphabet, and are kept before it hears so."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from tanggap.channels.models import Inbound, SmsPart
from tanggap.channels.sms.reading import read
from tanggap.common.clock import frozen
from tanggap.common.crypto import unseal
from tanggap.notify.models import ChannelConfig
from tanggap.notify.transports.registry import seal_settings

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
HOOK = "/hooks/sms/nasional"
SECRET = "rahasia-gerbang"
FORM = "application/x-www-form-urlencoded"
WORDS = "SAMPANG jalan rusak 🌊"


@pytest.fixture(autouse=True)
def _gateway() -> Iterator[None]:
    settings = {"http": "http://127.0.0.1:1/?from=1708", "secret": SECRET}
    sealed = seal_settings("nasional", "sms", settings)
    ChannelConfig.objects.create(brand="nasional", channel="sms", sealed=sealed, updated_at=NOW)
    with frozen(NOW):
        yield


def bring(client: Client, text: bytes = WORDS.encode(), **fields: str | bytes) -> HttpResponse:
    told = {
        "secret": SECRET,
        "from": "+6281234567890",
        "to": "1708",
        "text": text,
        "charset": "UTF-8",
        "id": "a1",
    } | fields
    return client.get(
        HOOK,
        QUERY_STRING=urlencode(
            told,
            quote_via=lambda value, *_rest: quote_from_bytes(value if isinstance(value, bytes) else value.encode()),
        ),
    )


def heard() -> list[str]:
    rows = Inbound.objects.order_by("id")
    return [read(unseal(row.sealed, context=row.context)).text for row in rows]


def test_words_are_kept_and_nothing_is_said_that_the_gateway_would_send_on(client):
    given = bring(client)
    assert (given.status_code, given.content) == (200, b"")
    assert heard() == [WORDS]


def test_words_come_by_post_too_with_the_secret_in_the_address_or_the_body(client):
    fields = {"from": "081234567890", "to": "1708", "text": WORDS}
    assert (
        client.post(f"{HOOK}?secret={SECRET}", urlencode({**fields, "id": "1"}), content_type=FORM).status_code == 200
    )
    assert client.post(HOOK, urlencode({**fields, "id": "2", "secret": SECRET}), content_type=FORM).status_code == 200
    assert heard() == [WORDS, WORDS]


def test_a_signed_body_needs_no_secret_and_nothing_unsigned_is_believed(client):
    body = urlencode({"from": "081234567890", "text": WORDS, "id": "1"}).encode()
    sign = "sha256=" + hmac.digest(SECRET.encode(), body, sha256).hex()
    given = client.post(f"{HOOK}?text=lain&from=0811", body, content_type=FORM, headers={"X-Tanggap-Signature": sign})
    assert given.status_code == 200
    assert heard() == [WORDS]
    changed = client.post(HOOK, body + b"&to=1", content_type=FORM, headers={"X-Tanggap-Signature": sign})
    assert changed.status_code == 403


@pytest.mark.parametrize("secret", ["", "rahasia", SECRET + "x", "ü", "\x00"])
def test_whoever_does_not_know_the_secret_leaves_nothing_behind(client, secret):
    given = bring(client, secret=secret)
    assert (given.status_code, given.content) == (403, b"")
    assert not Inbound.objects.exists()
    assert not SmsPart.objects.exists()


def test_a_brand_that_is_not_configured_or_has_no_secret_takes_nothing(client):
    assert client.get("/hooks/sms/lain").status_code == 404
    sealed = seal_settings("nasional", "sms", {"http": "http://127.0.0.1:1/"})
    ChannelConfig.objects.update(sealed=sealed)
    assert bring(client, secret="").status_code == 404
    assert not Inbound.objects.exists()


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (WORDS.encode("utf-16-be"), {"charset": "UTF-16BE", "coding": "2"}),
        (WORDS.encode("utf-16-be"), {"charset": "", "coding": "2"}),
        (WORDS.encode(), {"charset": "", "coding": "0"}),
    ],
)
def test_every_alphabet_arrives(client, text, fields):
    bring(client, text, **fields)
    assert heard() == [WORDS]


def test_a_request_made_again_after_a_lost_answer_changes_nothing(client):
    for _again in range(3):
        assert bring(client).status_code == 200
    assert heard() == [WORDS]
    for _again in range(2):
        bring(client, b"ya", id="", time="2026-11-23 03:00:00")
    bring(client, b"ya", id="", time="2026-11-23 03:00:09")
    assert heard() == [WORDS, "ya", "ya"]


@pytest.mark.parametrize("write", [bytes, lambda header: header.hex().encode()], ids=["octets", "hexadecimal"])
def test_parts_are_joined_where_the_gateway_does_not(client, write):
    for number, text in ((2, b"rusak"), (1, b"Jalan ")):
        bring(client, text, id=f"p{number}", udh=write(bytes([5, 0, 3, 0x41, 2, number])))
    assert heard() == ["Jalan rusak"]


@pytest.mark.parametrize("udh", [b"\xff", b"%u", b"05", b"x" * 300, b"\x00"])
def test_a_header_that_is_none_costs_nobody_the_words(client, udh):
    assert bring(client, udh=udh).status_code == 200
    assert heard() == [WORDS]


def test_a_request_without_a_sender_or_with_fields_beyond_counting_is_refused(client):
    assert bring(client, **{"from": ""}).status_code == 400
    many = urlencode({f"f{number}": "1" for number in range(60)} | {"secret": SECRET, "from": "0812"})
    assert client.post(HOOK, many, content_type=FORM).status_code == 400
    assert not Inbound.objects.exists()


def test_a_body_longer_than_any_gateway_s_is_not_read(client):
    body = b"secret=" + SECRET.encode() + b"&from=08123&text=" + b"a" * (3 * 1024 * 1024)
    assert client.post(HOOK, body, content_type=FORM).status_code == 413
    assert not Inbound.objects.exists()


def test_nul_and_a_very_long_name_do_no_harm(client):
    assert bring(client, b"a\x00b", id="n" * 5000, to="\x00" * 50).status_code == 200
    assert heard() == ["ab"]
