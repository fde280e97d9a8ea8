"""The stub of both networks set up as a brand's channels, and what providers and worker do in between."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.test import Client

from tanggap.cases.telling.deliveries import deliveries_of
from tanggap.cases.tests.telling import react
from tanggap.channels.services.poll_x import poll_x
from tanggap.channels.services.take_inbound import take_inbound
from tanggap.common.clock import frozen
from tanggap.directory.models import Agency, Brand
from tanggap.notify.services.configure_channel import configure_channel
from tanggap.notify.services.deliver import deliver
from tests.cast import DAY
from tests.faults.peers.social import Social

FOLDER = Path(__file__).with_name("payloads")
HOOK = "/hooks/meta/nasional"
SITI, BUDI, IG_PERSON, X_PERSON = "5012345678901234", "5099988877766655", "17800000000000042", "440009999"
SECOND = timedelta(seconds=1)
__all__ = ["DAY", "deliveries_of"]


def payload(channel: str, name: str) -> bytes:
    return (FOLDER / channel / f"{name}.json").read_bytes()


def names(channel: str) -> list[str]:
    return sorted(path.stem for path in (FOLDER / channel).glob("*.json"))


class Networks:
    """One brand on both networks. `at` is the moment of everything that follows."""

    def __init__(self, peers: Social, client: Client) -> None:
        self.peers, self.client, self.at = peers, client, DAY
        agency = Agency.objects.filter(code="35.27").first()
        Brand.objects.update_or_create(
            slug="nasional", defaults={"name": "LAPOR!", "is_default": True, "agency": agency}
        )
        for kind in ("meta", "x"):
            configure_channel(kind=kind, brand="nasional", settings=peers.settings(kind), now=DAY)

    def bring(self, body: bytes, *, secret: str = "") -> int:
        headers = self.peers.meta_signature(body, secret)
        with frozen(self.at):
            return self.client.post(HOOK, body, content_type="application/json", headers=headers).status_code

    def take(self, *channels: str) -> None:
        """What came in is heard, and what we answer leaves."""
        self.at += SECOND
        for channel in channels or ("facebook", "instagram", "x"):
            with frozen(self.at):
                while take_inbound(channel=channel, now=self.at):
                    pass
                react(now=self.at)
                deliver(channel=channel, now=self.at)

    def comes(self, channel: str, name: str) -> None:
        """A captured payload is brought and worked off."""
        assert self.bring(payload(channel, name)) == 200
        self.take(channel)

    def writes(self, channel: str, person: str, text: str, *, mid: str = "") -> None:
        """A private message by Meta's hook."""
        own = self.peers.settings("meta")["page_id" if channel == "facebook" else "instagram_id"]
        message = {"mid": mid or f"m_{self.at.isoformat()}", "text": text}
        event = {"sender": {"id": person}, "recipient": {"id": own}, "timestamp": 1795402790123, "message": message}
        self.messaging(channel, own, event)
        self.take(channel)

    def messaging(self, channel: str, own: str, event: dict[str, Any]) -> None:
        kind = "page" if channel == "facebook" else "instagram"
        body = json.dumps({"object": kind, "entry": [{"id": own, "messaging": [event]}]}).encode()
        assert self.bring(body) == 200

    def poll(self) -> int:
        self.at += SECOND
        with frozen(self.at):
            kept = poll_x(brand="nasional", now=self.at)
        self.take("x")
        return kept


@contextmanager
def networks(client: Client) -> Iterator[Networks]:
    with Social() as peers, frozen(DAY):
        peers.private_people |= {"200_301": SITI, "17900000000000301": IG_PERSON}
        yield Networks(peers, client)


def later(networks: Networks, hours: float) -> datetime:
    networks.at += timedelta(hours=hours)
    return networks.at
