"""What came in and waits for a person: messages nobody could read, talks that asked for an officer, voice notes."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tanggap.cases.models import Case
from tanggap.cases.texts import VOICE_ONLY
from tanggap.channels.models import Chat, Inbound, VoiceNote
from tanggap.channels.said import Sender
from tanggap.channels.services.keep_inbound import Parcel, keep_inbound
from tanggap.channels.talking import keep_sender, say_into
from tanggap.common.clock import frozen
from tanggap.common.crypto import blind_index
from tanggap.directory.models import Brand
from tanggap.directory.selectors import agency_by_code
from tanggap.ledger.models import Event
from tanggap.notify.models import Message
from tanggap.notify.rendering import sealed_words
from tests.cast import DAY
from tests.journeys.console import sign_in

pytestmark = pytest.mark.django_db
NUMBER = "+6281299990001"
ROOMS = ("/kerja/masuk/", "/kerja/masuk/percakapan/", "/kerja/masuk/suara/")


@pytest.fixture(autouse=True)
def _monday():
    with frozen(DAY + timedelta(hours=4)):
        yield


@pytest.fixture
def at_desk(cast):
    return lambda name: sign_in(cast, name)


@pytest.fixture
def brand(db: None) -> Brand:
    return Brand.objects.create(slug="halo-uji", name="Halo Uji", agency=agency_by_code("35.27"))


def stuck(brand: Brand, text: str = "Pasar becek, tolong diperbaiki") -> Inbound:
    message = {"from": NUMBER[1:], "id": "wamid.9", "type": "text", "text": {"body": text}}
    parcel = Parcel("wamid.9", json.dumps({"message": message, "contacts": []}).encode(), NUMBER)
    keep_inbound(channel="whatsapp", brand=brand.slug, parcels=[parcel], now=DAY)
    row = Inbound.objects.get()
    row.state, row.reason, row.done_at = "stuck", "isi pesan tidak dapat dibaca", DAY
    row.save()
    return row


def chat_of(brand: Brand, **given: Any) -> Chat:
    chat = Chat(
        channel="whatsapp",
        brand=brand.slug,
        sender_index=blind_index("chat-whatsapp", NUMBER),
        hint="…0001",
        **{"wants_person_since": DAY, **given},
    )
    keep_sender(chat, Sender("whatsapp", NUMBER, NUMBER, phone=NUMBER))
    chat.save()
    return chat


def events(stream: str) -> list[str]:
    return list(Event.objects.filter(stream=stream).order_by("id").values_list("name", flat=True))


def test_only_coordinators_and_national_admins_enter(at_desk) -> None:
    for name in ("officer", "inspector", "leader", "ombudsman", "evaluator", "unit_head"):
        for room in ROOMS:
            assert at_desk(name).get(room).status_code == 404, (name, room)
    for name in ("verifier", "national_admin"):
        assert [at_desk(name).get(room).status_code for room in ROOMS] == [200, 200, 200]


def test_a_stuck_message_becomes_a_report_of_its_sender_and_nothing_names_the_sender(at_desk, brand) -> None:
    row, officer = stuck(brand), at_desk("verifier")
    page = officer.get(f"/kerja/masuk/{row.pk}/").content.decode()
    assert "Pasar becek" in page
    assert "81299990001" not in page + officer.get("/kerja/masuk/").content.decode()
    answer = officer.post(f"/kerja/masuk/{row.pk}/", {"text": "Pasar becek sekali", "laporan": "1"})
    assert answer.status_code == 302
    case = Case.objects.get()
    assert (case.channel, case.agency.code, case.narrative.agency_text) == ("whatsapp", "35.27", "Pasar becek sekali")
    assert case.entered_by_key.startswith("person:")
    assert case.reporter.phone_index == blind_index("phone", NUMBER)
    row.refresh_from_db()
    assert (row.state, row.stream) == ("handled", case.stream)
    assert events(f"inbound:{row.pk}") == ["inbound.handled"]


def test_a_stuck_message_is_put_aside_only_with_a_reason(at_desk, brand) -> None:
    row, officer = stuck(brand), at_desk("verifier")
    assert officer.post(f"/kerja/masuk/{row.pk}/", {"reason": " ", "sisihkan": "1"}).status_code == 422
    assert officer.post(f"/kerja/masuk/{row.pk}/", {"text": " ", "laporan": "1"}).status_code == 422
    row.refresh_from_db()
    assert (row.state, Case.objects.count(), events(f"inbound:{row.pk}")) == ("stuck", 0, [])
    assert officer.post(f"/kerja/masuk/{row.pk}/", {"reason": "iklan", "sisihkan": "1"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.reason, Case.objects.count()) == ("handled", "iklan", 0)
    assert officer.get(f"/kerja/masuk/{row.pk}/").status_code == 404


def test_a_stuck_message_is_heard_once_more(at_desk, brand) -> None:
    row, officer = stuck(brand), at_desk("verifier")
    assert officer.post(f"/kerja/masuk/{row.pk}/ulang/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.attempts, row.reason) == ("new", 0, "")
    assert officer.post(f"/kerja/masuk/{row.pk}/ulang/").status_code == 302
    assert events(f"inbound:{row.pk}") == ["inbound.retried"]


def test_the_door_of_one_regency_is_no_business_of_another(at_desk, brand) -> None:
    row, chat, outsider = stuck(brand), chat_of(brand), at_desk("outsider")
    for address in (f"/kerja/masuk/{row.pk}/", f"/kerja/masuk/percakapan/{chat.pk}/"):
        assert outsider.get(address).status_code == 404
        assert outsider.post(address, {"text": "x", "reason": "x"}).status_code == 404
    assert outsider.post(f"/kerja/masuk/{row.pk}/ulang/").status_code == 404
    assert outsider.post(f"/kerja/masuk/percakapan/{chat.pk}/kembalikan/").status_code == 404
    row.refresh_from_db()
    chat.refresh_from_db()
    assert (row.state, chat.wants_person_since) == ("stuck", DAY)
    assert "Halo Uji" not in outsider.get("/kerja/masuk/").content.decode()


def test_an_officer_answers_a_talk_once_though_the_button_was_pressed_twice(at_desk, brand) -> None:
    chat, officer = chat_of(brand), at_desk("verifier")
    address = f"/kerja/masuk/percakapan/{chat.pk}/"
    page = officer.get(address).content.decode()
    assert "Pelapor WA …0001" in page
    assert NUMBER not in page
    form = {"text": "Bisa sebutkan nama jalannya?", "key": "0123456789abcdef"}
    assert [officer.post(address, form).status_code for _again in range(2)] == [302, 302]
    message = Message.objects.get(stream=f"chat:{chat.pk}")
    assert sealed_words(message) == "Bisa sebutkan nama jalannya?"
    assert "nama jalannya" not in json.dumps(message.values)
    assert "nama jalannya" in officer.get(address).content.decode()
    chat.refresh_from_db()
    assert chat.held_by_key.startswith("person:")


def test_a_talk_a_colleague_answers_is_not_answered_by_a_second(at_desk, brand) -> None:
    chat = chat_of(brand, held_by_key="person:999")
    answer = at_desk("verifier").post(
        f"/kerja/masuk/percakapan/{chat.pk}/", {"text": "Halo", "key": "0123456789abcdef"}
    )
    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_a_talk_is_read_by_nobody_before_a_person_was_asked_for_and_after_it_was_given_back(at_desk, brand) -> None:
    chat, officer = chat_of(brand), at_desk("verifier")
    address = f"/kerja/masuk/percakapan/{chat.pk}/"
    assert officer.post(f"{address}kembalikan/").status_code == 302
    assert officer.get(address).status_code == 404


def test_a_talk_about_conduct_is_kept_from_the_local_desk(at_desk, brand) -> None:
    chat = chat_of(brand, guarded=True)
    address = f"/kerja/masuk/percakapan/{chat.pk}/"
    assert at_desk("verifier").get(address).status_code == 404
    assert at_desk("national_admin").get(address).status_code == 200


def test_what_a_voice_note_says_joins_the_report_and_the_note_leaves_the_queue(at_desk, submit) -> None:
    case = submit(text=VOICE_ONLY, channel="whatsapp").case
    note = VoiceNote.objects.create(case=case, file_token="0" * 32, received_at=DAY)
    officer = at_desk("verifier")
    assert case.tracking_id in officer.get("/kerja/masuk/suara/").content.decode()
    address = f"/kerja/masuk/suara/{note.pk}/"
    assert officer.post(address, {"text": " "}).status_code == 422
    words = "Jembatan desa putus, hubungi 0812-3456-7890."
    assert officer.post(address, {"text": words}).status_code == 302
    case.narrative.refresh_from_db()
    assert case.narrative.agency_text == words
    assert "0812" not in case.narrative.public_text
    assert Case.objects.get().title.startswith("Jembatan desa putus")
    assert officer.post(address, {"text": "lagi"}).status_code == 404
    assert "case.transcribed" in events(case.stream)


def test_a_voice_note_about_an_accused_office_is_found_by_nobody_there(at_desk, submit) -> None:
    case = submit(text=VOICE_ONLY, channel="whatsapp", about=["35.27/dinkes"]).case
    note = VoiceNote.objects.create(case=case, file_token="0" * 32, received_at=DAY)
    officer = at_desk("verifier")
    assert case.tracking_id not in officer.get("/kerja/masuk/suara/").content.decode()
    assert officer.get(f"/kerja/masuk/suara/{note.pk}/").status_code == 404


def test_who_reads_along_never_learns_a_secret_code_nor_personal_data_of_a_guarded_talk(at_desk, brand) -> None:
    said = "CEK 7K3M-92QD-X 58GB-T89F-2WYP atau 58gbt89f2wyp, telepon saya 0812-3456-7890"
    row, chat = stuck(brand, said), chat_of(brand)
    row.chat = chat
    row.save()
    say_into(chat, "Kode rahasia: ABCD-EFGH-1JKM.", key="test:1", source="inbound:1", now=DAY)
    verifier, nation = at_desk("verifier"), at_desk("national_admin")
    address = f"/kerja/masuk/percakapan/{chat.pk}/"
    for page in (verifier.get(address), verifier.get(f"/kerja/masuk/{row.pk}/")):
        text = page.content.decode()
        assert "7K3M-92QD-X" in text
        assert not any(code in text for code in ("58GB-T89F-2WYP", "58gbt89f2wyp", "ABCD-EFGH-1JKM"))
    assert "0812-3456-7890" in verifier.get(address).content.decode()
    Chat.objects.update(guarded=True)
    for page in (nation.get(address), nation.get(f"/kerja/masuk/{row.pk}/")):
        assert "0812-3456-7890" not in page.content.decode()
