"""The turn of a talk as a whole: files before words, one message at a time, nothing twice and nothing lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections

from tanggap.cases.models import Case
from tanggap.cases.services.raise_confidentiality import raise_confidentiality
from tanggap.channels import registry
from tanggap.channels.conversing import memory_of
from tanggap.channels.hearing import hear
from tanggap.channels.models import Chat, Inbound, VoiceNote
from tanggap.channels.services.keep_inbound import Parcel, keep_inbound
from tanggap.channels.services.take_inbound import take_inbound
from tanggap.common.clock import frozen
from tanggap.common.errors import Refused
from tanggap.directory.models import Brand
from tanggap.files.limits import Kind
from tanggap.files.models import StoredFile, Visibility
from tanggap.files.services.publish import set_visibility
from tanggap.notify.models import Message
from tests.dialogues.playing import READER, payload_of

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
URGENT = "Tolong, ada rumah terbakar di Demak sekarang"


@pytest.fixture
def house(db: None, settings, tmp_path, monkeypatch) -> Iterator[None]:
    settings.FILES_DIR = tmp_path / "files"
    monkeypatch.setitem(registry.READERS, "whatsapp", READER)
    Brand.objects.get_or_create(slug="nasional", defaults={"name": "LAPOR!", "is_default": True})
    with frozen(NOW):
        yield


def bring(text: str, number: int, *, channel: str = "whatsapp") -> Inbound:
    payload = payload_of(text, "Warga", channel=channel)
    keep_inbound(channel=channel, brand="nasional", parcels=[Parcel(f"m{number}", payload, "1")], now=NOW)
    return Inbound.objects.get(external_id=f"m{number}")


def said_last() -> int:
    return Message.objects.filter(template="chat_reply").count()


@pytest.mark.django_db
def test_a_file_that_cannot_be_had_now_is_asked_for_again_and_then_the_words_are_heard_without_it(house):
    row, at = bring(f"[macet] {URGENT}", 1), NOW
    for _try in range(2):
        take_inbound(channel="whatsapp", now=at)
        row.refresh_from_db()
        assert (row.state, Case.objects.count()) == ("new", 0)
        at = row.retry_at
    take_inbound(channel="whatsapp", now=at)
    row.refresh_from_db()
    assert (row.state, Case.objects.count(), StoredFile.objects.count()) == ("done", 1, 0)


@pytest.mark.django_db
def test_what_was_fetched_before_a_crash_is_not_fetched_again(house, monkeypatch):
    row = bring(f"[foto] {URGENT}", 1)
    with monkeypatch.context() as broken:
        broken.setattr("tanggap.channels.conversing.say_into", lambda *a, **k: 1 / 0)
        take_inbound(channel="whatsapp", now=NOW)
    row.refresh_from_db()
    assert (row.state, Case.objects.count(), Chat.objects.count()) == ("new", 0, 0)
    assert StoredFile.objects.count() == 1
    take_inbound(channel="whatsapp", now=NOW + timedelta(minutes=1))
    assert StoredFile.objects.get().owner == Case.objects.get().stream


@pytest.mark.django_db
def test_a_voice_note_is_kept_and_never_public(house):
    bring("[suara]", 1)
    take_inbound(channel="whatsapp", now=NOW)
    stored = StoredFile.objects.get()
    assert stored.kind == Kind.AUDIO
    assert VoiceNote.objects.get().file_token == stored.token
    with pytest.raises(Refused):
        set_visibility(stored=stored, visibility=Visibility.PUBLIC)


@pytest.mark.django_db
def test_memory_and_answers_are_sealed(house):
    bring("Lampu jalan padam di depan pasar Demak", 1)
    take_inbound(channel="whatsapp", now=NOW)
    chat = Chat.objects.get()
    assert b"Lampu" not in bytes(chat.sealed_memory)
    assert memory_of(chat).draft.text == "Lampu jalan padam di depan pasar Demak"
    assert "Kapan" not in str(Message.objects.get(template="chat_reply").values)


@pytest.mark.django_db
def test_an_unreadable_memory_begins_anew(house):
    bring("Lampu jalan padam di depan pasar Demak", 1)
    take_inbound(channel="whatsapp", now=NOW)
    Chat.objects.update(sealed_memory=b"\x00broken")
    bring("Got mampet di pasar Demak", 2)
    take_inbound(channel="whatsapp", now=NOW)
    assert memory_of(Chat.objects.get()).draft.text == "Got mampet di pasar Demak"


@pytest.mark.django_db
def test_a_case_that_became_guarded_later_is_closed_to_others_by_chat(house):
    bring(URGENT, 1)
    take_inbound(channel="whatsapp", now=NOW)
    case = Case.objects.get()
    from tanggap.accounts.actor import PUBLIC

    raise_confidentiality(tracking_id=case.tracking_id, secret=True, actor=PUBLIC.proving(case.pk), now=NOW)
    payload = payload_of(f"CEK {case.tracking_id}", "Orang lain")
    keep_inbound(channel="whatsapp", brand="nasional", parcels=[Parcel("m2", payload, "2")], now=NOW)
    before = said_last()
    take_inbound(channel="whatsapp", now=NOW)
    assert said_last() == before + 1
    assert Inbound.objects.get(external_id="m2").stream == ""


@pytest.mark.django_db(transaction=True)
def test_two_messages_of_one_person_at_once_are_one_after_the_other(house):
    """Both are heard at the same time by two processes; the chat's lock puts them in a row."""
    rows = [bring("[foto]", 1), bring("[foto]", 2)]
    failed: list[BaseException] = []

    def listen(row: Inbound) -> None:
        try:
            hear(row, now=NOW)
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=listen, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not failed
    draft = memory_of(Chat.objects.get()).draft
    assert (draft.files, len(draft.tokens)) == (2, 2)
    assert Message.objects.filter(template="chat_reply").count() == 1
    assert connection.vendor == "postgresql"
