"""Every documented message of WhatsApp, and what we make of it."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from tanggap.channels.models import Inbound
from tanggap.channels.reading import payload_of
from tanggap.channels.registry import READERS
from tanggap.channels.said import Moved, Said, Unreadable
from tanggap.channels.tests.captured import bring, configure, names, payload
from tanggap.common.crypto import blind_index

pytestmark = pytest.mark.django_db
ID, PHONE = "ID.13491208655302741918", "+6281234560001"
NOTHING, STUCK = None, Unreadable
# What each payload says; `text` unless more is told. NOTHING is no person's word, STUCK waits for an officer.
MEANS: dict[str, object] = {
    "text": {"text": "Jalan di depan SD Negeri 3 Demak berlubang", "sender": (ID, PHONE, PHONE)},
    "text_by_number_alone": {"text": "Lampu jalan padam", "sender": (PHONE, PHONE, PHONE)},
    "text_by_user_id_alone": {"text": "Lampu jalan masih padam", "sender": (ID, ID, "")},
    "text_that_quotes": {"text": "Belum ada yang datang, Pak", "quotes": "wamid.OURS"},
    "text_from_an_advertisement": {"text": "Halo"},
    "text_of_emoji_alone": {"text": "😡😡🕳️👩‍👩‍👧‍👦🇮🇩"},
    "text_right_to_left": {"text": "\u202eنالج\u202c jalan rusak \u200b\u200d\u2066di\u2069 Pasar"},
    "text_of_ten_thousand_letters": {"text": ("Selokan mampet sejak banjir. " * 345)[:10000]},
    "text_with_nul_and_half_a_pair": {"text": "Pipa bocor  di gang"},
    "image": {"text": "Ini lubangnya", "media": ("1479537139650973", "picture", "")},
    "document": {"text": "Surat RT", "media": ("1479537139650974", "document", "surat rt.pdf")},
    "video": {"text": "", "media": ("1479537139650975", "video", "")},
    "voice": {"text": "", "media": ("1479537139650976", "audio", "")},
    "sticker": {"text": "", "media": ("1479537139650977", "sticker", "")},
    "location": {"text": "Pasar Bintoro\nJl. Sultan Fatah, Demak", "point": (-6.89083, 110.63955)},
    "location_without_a_name": {"text": "", "point": (-6.89083, 110.63955)},
    "contacts": {"text": "Pak Lurah Contoh +62 812-0000-0009"},
    "button": {"text": "Sudah selesai", "choice": "selesai", "quotes": "wamid.OURS"},
    "interactive_button": {"text": "Ya, anonim", "choice": "anonim", "quotes": "wamid.OURS"},
    "interactive_list": {"text": "Sampang", "choice": "35.27"},
    "interactive_form": STUCK,
    "reaction": NOTHING,
    "edit": {"text": "Jalan di depan SD Negeri 4, bukan 3", "quotes": "wamid.THEIRS"},
    "edit_of_a_caption": {"text": "Lubang di SD 4", "quotes": "wamid.THEIRS"},
    "revoke": NOTHING,
    "order": STUCK,
    "unsupported": STUCK,
    "unknown_type": STUCK,
    "system_identity": NOTHING,
    "malformed_without_sender": STUCK,
    "malformed_media_id": STUCK,
    "malformed_place": STUCK,
    "malformed_text": {"text": ""},
    "malformed_numbers": {"text": "Angka", "sender": (ID, PHONE, PHONE)},
    "malformed_user_id": STUCK,
}
# What the hook keeps nothing of, and what it answers.
NOT_KEPT = {
    "group": 200,
    "statuses": 200,
    "other_number": 200,
    "other_field": 200,
    "malformed_message_is_text": 200,
    "malformed_not_an_object": 200,
    "malformed_cut_off": 400,
}
MOVED = {
    "system_changed_number": ("ID.22222222222222222222", "+6281234560002", (PHONE, ID)),
    "system_changed_user_id": ("ID.33333333333333333333", "", (ID,)),
}


@pytest.fixture(autouse=True)
def _configured(db):
    configure("whatsapp")


def test_every_captured_payload_is_read_here():
    assert names("whatsapp") == sorted([*MEANS, *NOT_KEPT, *MOVED, "batch_of_two_entries"])


@pytest.mark.parametrize("name", MEANS)
def test_it_is_kept_whole_and_means(name):
    assert bring("whatsapp", payload("whatsapp", name)) == 200
    row = Inbound.objects.get()
    wanted = MEANS[name]
    if wanted is STUCK:
        with pytest.raises(Unreadable):
            read(row)
        return
    said = read(row)
    if wanted is NOTHING:
        assert said is None
        return
    assert isinstance(said, Said)
    assert meaning(said, wanted) == wanted
    assert bytes(row.sender_index) == blind_index("inbound-whatsapp", said.sender.account)


def read(row: Inbound) -> object:
    return READERS[row.channel].read(payload_of(row))


def meaning(said: Said, asked: dict[str, object]) -> dict[str, object]:
    sender = said.sender
    told = {name: getattr(said, name) for name in asked if name not in ("sender", "media")}
    if "sender" in asked:
        told["sender"] = (sender.account, sender.address, sender.phone)
    if "media" in asked:
        (file,) = said.media
        told["media"] = (file.reference, file.kind, file.name)
    return told


@pytest.mark.parametrize("name", NOT_KEPT)
def test_what_says_nothing_to_us_is_answered_and_not_kept(name):
    assert bring("whatsapp", payload("whatsapp", name)) == NOT_KEPT[name]
    assert not Inbound.objects.exists()


@pytest.mark.parametrize("name", MOVED)
def test_a_person_who_goes_by_another_account_is_told_with_the_old_names(name):
    bring("whatsapp", payload("whatsapp", name))
    moved = read(Inbound.objects.get())
    assert isinstance(moved, Moved)
    account, phone, before = MOVED[name]
    assert (moved.sender.account, moved.sender.phone) == (account, phone)
    assert set(before) <= set(moved.sender.formerly)


def test_every_message_of_a_batch_is_kept_with_its_own_sender_and_nobody_else_s():
    assert bring("whatsapp", payload("whatsapp", "batch_of_two_entries")) == 200
    rows = list(Inbound.objects.order_by("id"))
    said = [read(row) for row in rows]
    assert [row.external_id for row in rows] == ["wamid.B1", "wamid.B2", "wamid.B3"]
    assert [one.text for one in said] == ["Satu", "Dua", "Tiga"]
    assert [one.sender.account for one in said] == [ID, "ID.99", ID]
    assert b"Budi" not in payload_of(rows[0])
    assert b"Siti" not in payload_of(rows[1])


def test_nothing_of_a_batch_is_kept_when_a_part_of_it_fails():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE notify_deliveryreport ADD CHECK (provider_id <> 'wamid.OURS')")
    assert bring("whatsapp", payload("whatsapp", "batch_of_two_entries")) == 500
    assert not Inbound.objects.exists()


def test_json_nested_deeper_than_can_be_read_is_refused():
    assert bring("whatsapp", b"[" * 100_000) == 400
    assert bring("whatsapp", b'{"entry":' * 50_000) == 400


def test_a_long_id_stays_apart_from_another_that_begins_like_it():
    told = json.loads(payload("whatsapp", "text"))
    message = told["entry"][0]["changes"][0]["value"]["messages"][0]
    for end in ("a", "b", "a"):
        message["id"] = "wamid." + "x" * 300 + end
        assert bring("whatsapp", json.dumps(told).encode()) == 200
    assert Inbound.objects.count() == 2
