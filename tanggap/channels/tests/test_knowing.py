"""One person stays one, though WhatsApp tells the number today and not tomorrow, or the person changes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tanggap.accounts.actor import channel_actor
from tanggap.cases.identity import open_identity
from tanggap.cases.models import Case
from tanggap.cases.telling.ways import ways_to
from tanggap.channels.knowing import chat_of, proving
from tanggap.channels.models import Chat, Inbound
from tanggap.channels.said import Sender
from tanggap.channels.services.take_inbound import take_inbound
from tanggap.channels.talking import sender_of
from tanggap.channels.tests.captured import bring, configure, payload
from tanggap.common.clock import frozen
from tanggap.common.crypto import seal_json, unseal_json
from tanggap.directory.models import Brand

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
ID, PHONE = "ID.13491208655302741918", "+6281234560001"


@pytest.fixture(autouse=True)
def _house(db) -> Iterator[None]:
    Brand.objects.get_or_create(slug="nasional", defaults={"name": "LAPOR!", "is_default": True})
    with frozen(NOW):
        configure("whatsapp")
        configure("telegram")
        yield


def say(name: str, words: str = "", channel: str = "whatsapp") -> Inbound:
    """Bring this payload under an id of its own, and hear it."""
    told = json.loads(payload(channel, name))
    if channel == "whatsapp":
        message = told["entry"][0]["changes"][0]["value"]["messages"][0]
        message["id"] = f"wamid.{Inbound.objects.count()}"
        if words:
            message["text"]["body"] = words
    elif words:
        told["message"]["text"] = words
    assert bring(channel, json.dumps(told).encode()) == 200
    while take_inbound(channel=channel, now=NOW):
        pass
    return Inbound.objects.latest("id")


def is_own(case: Case, chat: Chat) -> bool:
    """Whether whoever sits in this chat is the reporter of the case."""
    return proving(channel_actor(case.channel), case, sender_of(chat)) != channel_actor(case.channel)


URGENT = "Tolong, ada rumah terbakar di desa Wonosalam sekarang"
LONG = "Lampu jalan di depan balai desa Wonosalam padam sejak tiga malam, warga takut lewat."


def test_first_with_number_and_id_later_by_the_id_alone():
    say("text", LONG)
    say("text_by_user_id_alone")
    chat = Chat.objects.get()
    known = sender_of(chat)
    assert (known.account, known.address, known.phone) == (ID, ID, PHONE)


def test_first_by_number_then_with_both_then_by_the_id_alone():
    case = case_of("text_by_number_alone")
    say("text")
    say("text_by_user_id_alone")
    assert is_own(case, Chat.objects.get())


@pytest.mark.parametrize(
    ("name", "phone"), [("system_changed_number", "+6281234560002"), ("system_changed_user_id", "")]
)
def test_who_changes_the_account_keeps_chat_and_cases(name, phone):
    case = case_of("text")
    row = say(name)
    chat = Chat.objects.get()
    known = sender_of(chat)
    assert row.state == "ignored"
    assert known.phone == phone
    assert known.account != ID
    assert is_own(case, chat)
    say("text", LONG)  # whoever has the old number now is somebody else
    assert Chat.objects.count() == 2


def case_of(name: str, channel: str = "whatsapp") -> Case:
    """A case reported by whoever sent this payload: danger is taken in at once, without questions."""
    say(name, URGENT, channel=channel)
    return Case.objects.latest("id")


def test_what_is_sealed_in_the_chat_opens_after_it_changed_its_name():
    say("text_by_number_alone", LONG)
    chat = Chat.objects.get()
    chat.sealed_memory = seal_json({"stage": "where"}, context=chat.context)
    chat.save()
    row = Inbound.objects.latest("id")
    moved = chat_of(row, Sender("whatsapp", ID, PHONE, phone=PHONE, hint="…0001", formerly=(PHONE,)))
    assert moved.pk == chat.pk
    assert unseal_json(moved.sealed_memory, context=moved.context) == {"stage": "where"}


def test_a_case_is_known_by_number_and_by_id_and_answered_at_the_number():
    case = case_of("text")
    assert open_identity(case).account == f"whatsapp:{ID}"
    assert (ways_to(case)[0].channel, ways_to(case)[0].address) == ("whatsapp", PHONE)
    say("text_by_user_id_alone")
    assert is_own(case, Chat.objects.get())


def test_a_case_without_a_number_is_answered_at_the_id():
    case = case_of("text_by_user_id_alone")
    assert [(way.channel, way.address) for way in ways_to(case)] == [("whatsapp", ID)]


def test_telegram_is_answered_at_the_number_of_the_person():
    case = case_of("text", channel="telegram")
    assert [(way.channel, way.address) for way in ways_to(case)] == [("telegram", "5012345001")]
    assert is_own(case, Chat.objects.get(channel="telegram"))
