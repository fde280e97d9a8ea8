"""Files come from the provider alone, whole or not at all, within a size and a time."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

import pytest

from tanggap.channels import fetching
from tanggap.channels.registry import READERS
from tanggap.channels.said import Media, Unreadable
from tanggap.channels.whatsapp.fetching import _is_meta_s
from tanggap.notify.transports.base import ProviderDown, Temporary, TransportError
from tests.faults.peers.providers import Fault, Providers

FILE = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9000  # 2.3 MB
CHANNELS = ("whatsapp", "telegram")


@pytest.fixture
def peers() -> Iterator[Providers]:
    with Providers() as running:
        running.files["1479537139650973"] = FILE
        yield running


def got(peers: Providers, channel: str, *, digest: bytes | None = None, size: int | None = None) -> bytes:
    media = Media("1479537139650973", "picture", size=size)
    told = {"sha256": b64encode(digest).decode()} if digest else {}
    payload = json.dumps({"message": {"type": "image", "image": {"id": media.reference, **told}}}).encode()
    fetch = READERS[channel].fetch
    assert fetch is not None
    with fetch(media, peers.settings(channel), payload) as stream:
        return b"".join(iter(lambda: stream.read(65536), b""))


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_file_comes_whole(peers, channel):
    assert got(peers, channel) == FILE


def test_the_digest_in_the_message_is_checked(peers):
    assert got(peers, "whatsapp", digest=sha256(FILE).digest()) == FILE
    with pytest.raises(Temporary):
        got(peers, "whatsapp", digest=sha256(b"other").digest())


@pytest.mark.parametrize("channel", CHANNELS)
def test_what_is_too_large_is_not_fetched_and_not_read_on(peers, channel, monkeypatch):
    with pytest.raises(Unreadable):
        got(peers, channel, size=fetching.MOST_BYTES + 1)
    assert not peers.requests["media"]
    monkeypatch.setattr(fetching, "MOST_BYTES", 1_000_000)
    with pytest.raises(Unreadable):
        got(peers, channel)


def test_what_the_provider_has_thrown_away_never_comes(peers):
    peers.files.clear()
    with pytest.raises(Unreadable):
        got(peers, "whatsapp")
    with pytest.raises(ProviderDown):  # "invalid file_id or the file is temporarily unavailable"
        got(peers, "telegram")


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=503),
        Fault(status=429),
        Fault(status=401),
        Fault(drop=True),
        Fault(status=302, headers={"Location": "http://127.0.0.1:1/secret"}),
    ],
)
def test_a_bad_hour_of_the_provider_is_no_end(peers, channel, fault):
    peers.fail("media", fault)
    with pytest.raises(TransportError):
        got(peers, channel)
    assert got(peers, channel) == FILE


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_peer_that_drips_costs_no_more_than_the_limit(peers, channel, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    peers.fail("media", Fault(drip=0.05))
    with pytest.raises(ProviderDown):
        got(peers, channel)


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://evil.example/?lookaside.fbsbx.com",
        "https://lookaside.fbsbx.com.evil.example/x",
        "https://evilfbsbx.com/x",
        "http://lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com:8443/x",
        "https://user@lookaside.fbsbx.com/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_the_token_is_shown_to_nobody_but_meta(peers, url):
    peers.file_urls["1479537139650973"] = url
    with pytest.raises(Unreadable):
        got(peers, "whatsapp")
    assert peers.requests["media"] == 1


def test_meta_s_own_hosts_are_known():
    base = "https://graph.facebook.com/v24.0"
    assert _is_meta_s("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&ext=2&hash=3", base)
    assert _is_meta_s("https://graph.facebook.com/x", base)


@pytest.mark.parametrize("reference", ["../me", "a/b", "a?b", ""])
def test_a_reference_leads_nowhere_else(peers, reference):
    """Readers let none of these through; Telegram's file id is quoted on top."""
    fetch = READERS["telegram"].fetch
    assert fetch is not None
    with pytest.raises(TransportError), fetch(Media(reference, "picture"), peers.settings("telegram"), b""):
        pass
