"""Into the outbox: once, in order, for nobody who asked to be left alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DataError

from tanggap.notify.addressing import ways_of
from tanggap.notify.models import Message
from tanggap.notify.selectors import failed_messages
from tanggap.notify.services.cancel_messages import cancel_messages
from tanggap.notify.services.enqueue import enqueue, enqueue_many
from tanggap.notify.tests.making import CHAT, MAIL, MORNING, PHONE, outgoing

pytestmark = pytest.mark.django_db


def test_the_same_key_twice_is_one_message_and_the_first_one_stays() -> None:
    first = enqueue(outgoing("a"), now=MORNING)
    again = enqueue(outgoing("a", template="case_forwarded"), now=MORNING)
    assert (again.pk, again.template) == (first.pk, "answer_reminder")
    assert Message.objects.count() == 1


def test_the_same_key_twice_in_one_batch_is_one_message_too() -> None:
    enqueue(outgoing("b", template="case_forwarded"), now=MORNING)
    rows = enqueue_many([outgoing("a"), outgoing("b"), outgoing("a", template="escalation")], now=MORNING)
    assert [row.template for row in rows] == ["answer_reminder", "case_forwarded", "answer_reminder"]
    assert rows[0].pk == rows[2].pk == Message.objects.get(key="a").pk


def test_what_is_handed_in_is_what_is_stored() -> None:
    given = outgoing("a", ways=[CHAT, MAIL], values={"text": 'a "b" {c} \\ \n, NULL', "link": ""}, files=["t1", "t2"])
    row = enqueue(given, now=MORNING)
    stored = Message.objects.get(pk=row.pk)
    assert stored.values == given.values
    assert stored.files == ["t1", "t2"]
    assert (stored.inside, stored.cost, stored.claimed_until, stored.created_at) == (None, None, None, MORNING)
    assert [way.address for way in ways_of(stored)[0]] == [CHAT.address, MAIL.address]


def test_what_is_too_long_is_refused_not_cut() -> None:
    with pytest.raises(DataError):
        enqueue(outgoing("k" * 121), now=MORNING)


def test_an_address_is_nowhere_in_the_row() -> None:
    enqueue(outgoing("a", ways=[CHAT, MAIL]), now=MORNING)
    row = Message.objects.values().get()
    assert "81234567890" not in str({name: bytes(v) if isinstance(v, memoryview) else v for name, v in row.items()})
    assert "contoh.id'" not in str(row["recipient_key"])


def test_nobody_to_send_to_is_written_down_as_an_alarm() -> None:
    row = enqueue(outgoing("a", ways=[], channel="whatsapp", recipient_role="unit_head"), now=MORNING)
    assert (row.state, row.recipient_key, row.channel, row.recipient_role) == (
        "undeliverable",
        "",
        "whatsapp",
        "unit_head",
    )


def test_a_reporter_who_left_no_contact_is_no_alarm() -> None:
    row = enqueue(outgoing("a", ways=[], template="closing_warning", recipient_key="reporter:1"), now=MORNING)
    assert (row.state, failed_messages()) == ("skipped", [])


def test_two_thousand_messages_take_a_handful_of_statements(django_assert_max_num_queries: Any) -> None:
    many = [outgoing(f"k{number}", ways=[MAIL, PHONE]) for number in range(2000)]
    with django_assert_max_num_queries(4):
        rows = enqueue_many(many, now=MORNING)
    assert [row.key for row in rows] == [one.key for one in many]


def test_what_has_not_left_is_called_back_by_its_source() -> None:
    enqueue_many([outgoing("a", source="step:1"), outgoing("b", source="step:2")], now=MORNING)
    assert cancel_messages(sources=["step:1"], reason="dijawab", now=MORNING) == 1
    assert cancel_messages(sources=["step:1"], reason="dijawab", now=MORNING) == 0
    states = dict(Message.objects.values_list("key", "state"))
    assert states == {"a": "cancelled", "b": "pending"}
