"""Channels whose provider is the tests' own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tanggap.notify.models import ChannelConfig
from tanggap.notify.tests.making import MORNING
from tanggap.notify.tests.peers import Peer
from tanggap.notify.transports import registry


def open_channel(channel: str, brand: str = "nasional") -> None:
    """Configure a channel of a brand."""
    sealed = registry.seal_settings(
        brand, channel, {"name": f"{brand}/{channel}", "smpp": "smpp://x", "smtp": "smtp://x"}
    )
    ChannelConfig.objects.create(brand=brand, channel=channel, sealed=sealed, updated_at=MORNING)


@pytest.fixture
def peer(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[type[Peer]]:
    """Every channel leads to `Peer`; e-mail and SMS are configured for the brand `nasional`."""
    classes = dict.fromkeys(registry.CLASSES, "tanggap.notify.tests.peers.Peer")
    monkeypatch.setattr(registry, "CLASSES", classes)
    Peer.forget()
    open_channel("email")
    open_channel("sms")
    yield Peer
    Peer.forget()
