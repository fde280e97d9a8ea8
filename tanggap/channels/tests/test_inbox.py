"""The inbox works on whatever one message does; what it held is forgotten in time, that it came never."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tanggap.accounts.actor import Actor, Grant
from tanggap.accounts.roles import Role
from tanggap.channels.models import Inbound
from tanggap.channels.services.empty_payloads import empty_payloads
from tanggap.channels.services.handle_inbound import handle_inbound
from tanggap.channels.services.take_inbound import PAUSES, take_inbound
from tanggap.channels.services.wake_inbox import wake_inbox
from tanggap.channels.tests.captured import bring, configure, payload
from tanggap.common.clock import frozen
from tanggap.directory.models import Brand
from tanggap.directory.selectors import root_agency
from tanggap.ledger.selectors import chain_is_intact, events_of
from tanggap.notify.models import ChannelHealth

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
SITI, BUDI = "6281234560001", "6281234560009"


@pytest.fixture(autouse=True)
def _house(db) -> Iterator[None]:
    Brand.objects.get_or_create(slug="nasional", defaults={"name": "LAPOR!", "is_default": True})
    with frozen(NOW):
        configure("whatsapp")
        yield


def say(number: str, sender: str = SITI) -> Inbound:
    told = json.loads(payload("whatsapp", "text_by_number_alone"))
    value = told["entry"][0]["changes"][0]["value"]
    value["contacts"][0]["wa_id"] = value["messages"][0]["from"] = sender
    value["messages"][0]["id"] = number
    value["messages"][0]["text"]["body"] = f"Lampu jalan nomor {number} di depan balai desa padam sejak tiga malam."
    assert bring("whatsapp", json.dumps(told).encode()) == 200
    return Inbound.objects.get(external_id=number)


def states() -> dict[str, str]:
    return dict(Inbound.objects.values_list("external_id", "state"))


def take(at: datetime = NOW) -> None:
    while take_inbound(channel="whatsapp", now=at):
        pass


def damage(row: Inbound) -> None:
    """What cannot be opened fails each time it is tried."""
    Inbound.objects.filter(pk=row.pk).update(sealed=b"\x02k1" + bytes(40))


def test_a_message_that_fails_holds_up_its_sender_alone_and_ends_with_a_person():
    damage(say("a1"))
    say("a2")
    say("b1", BUDI)
    take()
    assert states() == {"a1": "new", "a2": "new", "b1": "done"}

    moment = NOW
    for pause in PAUSES:
        assert states()["a2"] == "new"
        take(moment + pause - timedelta(seconds=1))
        moment += pause
        assert wake_inbox(now=moment) == ["whatsapp"]
        take(moment)
    failed = Inbound.objects.get(external_id="a1")
    assert (failed.state, failed.attempts, failed.sealed is not None) == ("stuck", len(PAUSES) + 1, True)
    assert "CannotUnseal" in failed.reason
    assert states()["a2"] == "done"


def test_what_nobody_can_read_says_why_and_holds_up_nobody():
    say("a1")
    assert bring("whatsapp", payload("whatsapp", "unsupported")) == 200
    say("a2")
    take()
    stuck = Inbound.objects.get(state="stuck")
    assert stuck.reason == "WhatsApp tidak meneruskan isi pesan jenis ini"
    assert sorted(states().values()) == ["done", "done", "stuck"]


def test_the_channel_shows_when_it_brought_something_last():
    say("a1")
    take()
    assert ChannelHealth.objects.get(channel="whatsapp", brand="nasional").last_in_at == NOW


def test_payloads_are_emptied_in_time_and_a_message_brought_again_is_still_known():
    say("a1")
    bring("whatsapp", payload("whatsapp", "unsupported"))
    say("b1", BUDI)
    take()
    Inbound.objects.filter(external_id="b1").update(state="new")
    assert empty_payloads(now=NOW + timedelta(days=30)) == 0
    assert empty_payloads(now=NOW + timedelta(days=30) + timedelta(seconds=1)) == 1
    emptied = Inbound.objects.get(sealed=None)
    assert (emptied.external_id, emptied.state, emptied.sender_index) == ("a1", "done", None)
    say("a1")
    take()
    assert Inbound.objects.filter(external_id="a1").count() == 1
    assert Inbound.objects.get(external_id="a1").sealed is None


def test_why_an_officer_put_a_message_aside_is_forgotten_with_it():
    row = say("a1")
    Inbound.objects.update(state="stuck")
    actor = Actor(key="person:1", grants=(Grant(Role.NATIONAL_ADMIN, root_agency().pk, root_agency().path, None, 1),))
    handle_inbound(inbound_id=row.pk, reason="Iklan dari Bu Siti.", actor=actor, now=NOW)
    (told,) = events_of(f"inbound:{row.pk}")
    assert (told.data, told.personal) == ({}, {"reason": "Iklan dari Bu Siti."})
    assert empty_payloads(now=NOW + timedelta(days=31)) == 1
    row.refresh_from_db()
    assert row.reason == ""
    events = list(events_of(f"inbound:{row.pk}"))
    assert [event.personal for event in events] == [None, None]
    assert chain_is_intact(events)


def test_the_log_of_a_failure_holds_nothing_of_the_message(caplog, capsys):
    damage(say("a1"))
    take()
    told = capsys.readouterr()
    written = [record.getMessage() for record in caplog.records if "inbound.failed" in record.getMessage()]
    assert len(written) == 1
    assert "CannotUnseal" in written[0]
    for words in (written[0], told.out, told.err):
        assert "altered blob" not in words
        assert "Lampu" not in words
