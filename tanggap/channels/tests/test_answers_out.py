"""What is answered reaches the person where the person wrote: by number, by id, by Telegram, in and after 24 hours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tanggap.cases.telling.ways import reporter_key, ways_to
from tanggap.channels.models import Chat
from tanggap.channels.talking import say_into
from tanggap.channels.tests.captured import bring, payload
from tanggap.channels.tests.test_knowing import PHONE, case_of, say
from tanggap.common.clock import frozen
from tanggap.directory.models import Brand
from tanggap.notify.models import ChannelConfig, Message
from tanggap.notify.services.deliver import deliver
from tanggap.notify.services.enqueue import enqueue
from tanggap.notify.tests.making import outgoing
from tanggap.notify.transports.registry import seal_settings
from tests.faults.peers.providers import Providers, telegram_error

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
ID = "ID.13491208655302741918"


@pytest.fixture(autouse=True)
def peers(db) -> Iterator[Providers]:
    Brand.objects.get_or_create(slug="nasional", defaults={"name": "LAPOR!", "is_default": True})
    with frozen(NOW), Providers() as running:
        for channel, secret in (("whatsapp", running.secret), ("telegram", "secret_of_the_webhook")):
            sealed = seal_settings("nasional", channel, running.settings(channel) | {"secret": secret})
            ChannelConfig.objects.create(brand="nasional", channel=channel, sealed=sealed, updated_at=NOW)
        yield running


def reply(channel: str, words: str = "Baik, kami teruskan.") -> Message:
    """Answer in the chat and deliver; what became of the message."""
    say_into(Chat.objects.get(channel=channel), words, key="test:1", source="test", now=NOW)
    deliver(channel=channel, now=NOW)
    return Message.objects.get(key="test:1")


def test_who_tells_no_number_is_answered_by_the_id(peers):
    say("text_by_user_id_alone")
    assert reply("whatsapp").state == "sent"
    taken = peers.taken("whatsapp")[-1]
    asked = json.loads(taken.raw)
    assert (asked["recipient"], "to" in asked, asked["recipient_type"]) == (ID, False, "individual")


def test_who_tells_a_number_is_answered_at_it_though_the_id_is_known(peers):
    say("text")
    assert reply("whatsapp").state == "sent"
    asked = json.loads(peers.taken("whatsapp")[-1].raw)
    assert (asked["to"], "recipient" in asked) == (PHONE.removeprefix("+"), False)


def final_answer(channel: str) -> Message:
    """The agency's answer to the latest case, told to its reporter."""
    case = case_of("text", channel=channel)
    told = outgoing(
        "answer:1", template="final_answer", ways=ways_to(case), recipient_key=reporter_key(case),
        stream=case.stream, due_at=NOW, not_before=NOW,
    )  # fmt: skip
    enqueue(told, now=NOW)
    deliver(channel=channel, now=NOW)
    return Message.objects.get(key="answer:1")


def test_within_24_hours_the_answer_goes_in_its_own_words(peers):
    assert final_answer("whatsapp").state == "sent"
    assert peers.taken("whatsapp")[-1].kind == "text"
    assert Chat.objects.get().heard_at == NOW


def test_after_24_hours_the_answer_goes_by_the_approved_template(peers):
    peers.closed_windows.add(PHONE.removeprefix("+"))
    assert final_answer("whatsapp").state == "sent"
    taken = peers.taken("whatsapp")[-1]
    assert (taken.kind, taken.text, len(taken.parameters)) == ("template", "tanggap_final_answer", 3)


def test_a_window_that_turns_out_closed_afterwards_makes_the_template_go_once(peers):
    message = final_answer("whatsapp")
    body, _headers = peers.whatsapp_report((message.provider_id, "failed", 131047))
    for _again in range(3):
        assert bring("whatsapp", body) == 200
    deliver(channel="whatsapp", now=NOW)
    assert [one.kind for one in peers.taken("whatsapp") if one.key == "answer:1"] == ["text", "template"]


def test_the_state_of_an_answer_comes_back_with_it(peers):
    message = final_answer("whatsapp")
    for state in ("delivered", "read"):
        body, _headers = peers.whatsapp_report((message.provider_id, state))
        assert bring("whatsapp", body) == 200
    message.refresh_from_db()
    assert (message.state, message.delivered_at, message.read_at) == ("read", NOW, NOW)


def test_by_telegram_the_answer_goes_to_the_chat_it_came_from(peers):
    assert final_answer("telegram").state == "delivered"
    assert peers.taken("telegram")[-1].address == "5012345001"


def test_who_has_blocked_the_bot_is_not_reached_and_not_tried_again(peers):
    peers.fail_always("telegram", telegram_error(403, "Forbidden: bot was blocked by the user"))
    message = final_answer("telegram")
    assert message.state == "failed"
    assert message.error.startswith("403: ")
    asked = peers.requests["telegram"]
    deliver(channel="telegram", now=NOW)
    assert peers.requests["telegram"] == asked


def test_nothing_is_answered_in_a_group(peers):
    assert bring("telegram", payload("telegram", "group")) == 200
    assert not Message.objects.exists()
