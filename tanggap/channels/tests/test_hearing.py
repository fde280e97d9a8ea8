"""From a provider's payload to a case and an answer: once for each message, however often it is brought."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from tanggap.cases.models import Case
from tanggap.channels.models import Chat, Inbound
from tanggap.channels.services.take_inbound import take_inbound
from tanggap.channels.services.wake_inbox import wake_inbox
from tanggap.common.clock import frozen
from tanggap.directory.models import Brand
from tanggap.notify.models import ChannelConfig, Message
from tanggap.notify.transports.registry import seal_settings
from tests.faults.peers.providers import Providers

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
WHATSAPP = "/hooks/whatsapp/nasional"
WORDS = "Lampu jalan di depan balai desa padam sejak tiga malam, warga takut lewat."


@pytest.fixture
def peers() -> Iterator[Providers]:
    Brand.objects.get_or_create(slug="nasional", defaults={"name": "LAPOR!", "is_default": True})
    with frozen(NOW), Providers() as running:
        sealed = seal_settings("nasional", "whatsapp", running.settings("whatsapp"))
        ChannelConfig.objects.create(brand="nasional", channel="whatsapp", sealed=sealed, updated_at=NOW)
        yield running


def bring(client: Client, peers: Providers, number: str, text: str, *, sender: str = "6281200000001") -> int:
    message = {"from": sender, "id": number, "timestamp": "1795402800", "type": "text", "text": {"body": text}}
    value = {"messaging_product": "whatsapp", "contacts": [{"wa_id": sender}], "messages": [message]}
    entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
    headers = peers.whatsapp_signature(body)
    return client.post(WHATSAPP, body, content_type="application/json", headers=headers).status_code


def test_a_message_is_kept_sealed_before_it_is_acknowledged_and_heard_afterwards(client, peers):
    assert bring(client, peers, "wamid.1", WORDS) == 200
    row = Inbound.objects.get()
    assert (row.channel, row.external_id, row.state) == ("whatsapp", "wamid.1", "new")
    assert b"Lampu" not in bytes(row.sealed)
    assert not Case.objects.exists()
    assert wake_inbox(now=NOW) == ["whatsapp"]

    assert take_inbound(channel="whatsapp", now=NOW) == 1
    assert not Case.objects.exists()
    for number, answer in enumerate(("lewati", "lewati", "lewati", "1", "ya"), 2):
        bring(client, peers, f"wamid.{number}", answer)
        take_inbound(channel="whatsapp", now=NOW)
    case, chat = Case.objects.get(), Chat.objects.get()
    assert (case.channel, case.narrative.agency_text) == ("whatsapp", WORDS)
    assert (chat.hint, chat.case_id) == ("…0001", case.pk)
    assert Inbound.objects.latest("pk").stream == case.stream


def test_a_message_brought_again_changes_nothing(client, peers):
    urgent = "Tolong, ada rumah terbakar di desa kami sekarang"
    for _again in range(3):
        assert bring(client, peers, "wamid.1", urgent) == 200
        take_inbound(channel="whatsapp", now=NOW)
    assert Inbound.objects.count() == 1
    assert Case.objects.count() == 1
    assert Message.objects.filter(template="chat_reply").count() == 1
