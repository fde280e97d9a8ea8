"""Every documented update of Telegram, and what we make of it."""

from __future__ import annotations

import json

import pytest

from tanggap.channels.models import Inbound
from tanggap.channels.reading import payload_of
from tanggap.channels.registry import READERS
from tanggap.channels.said import Said, Unreadable
from tanggap.channels.tests.captured import bring, configure, names, payload
from tanggap.channels.tests.test_reading_whatsapp import NOTHING, STUCK, meaning
from tanggap.common.crypto import blind_index

pytestmark = pytest.mark.django_db
FILE = "AgACAgUAAxkBAAIB_x-1"
SENDER = ("5012345001", "5012345001", "")
MEANS: dict[str, object] = {
    "text": {"text": "Jalan di depan SD Negeri 3 Demak berlubang", "sender": SENDER},
    "text_edited": {"text": "Jalan di depan SD Negeri 4", "quotes": "101"},
    "text_that_quotes": {"text": "Belum ada yang datang", "quotes": "90", "number": "J2X5-C7Z2-G"},
    "text_of_emoji_alone": {"text": "😡🕳️"},
    "start": {"text": "halo", "source": ""},
    "start_from_a_poster": {"text": "halo", "source": "desa-wonosalam_3"},
    "command": {"text": "bantuan"},
    "photo": {"text": "Ini lubangnya", "media": ("large", "picture", "")},
    "document": {"text": "", "media": (FILE, "document", "surat rt.pdf")},
    "voice": {"text": "", "media": (FILE, "audio", "")},
    "audio": {"text": "", "media": (FILE, "audio", "rekaman.m4a")},
    "video": {"text": "Air meluap", "media": (FILE, "video", "")},
    "video_note": {"text": "", "media": (FILE, "video", "")},
    "animation": {"text": "", "media": ("anim", "video", "")},
    "sticker": {"text": "", "media": (FILE, "sticker", "")},
    "location": {"text": "", "point": (-6.89083, 110.63955)},
    "location_that_moved": NOTHING,
    "venue": {"text": "Pasar Bintoro Jl. Sultan Fatah", "point": (-6.89, 110.63)},
    "contact": {"text": "Pak Lurah +6281200000009"},
    "dice": {"text": "🎲"},
    "poll": STUCK,
    "pinned": NOTHING,
    "button": {"text": "", "choice": "anonim", "quotes": "90", "number": "J2X5-C7Z2-G", "sender": SENDER},
    "malformed_sender": STUCK,
    "malformed_file": STUCK,
    "malformed_place": NOTHING,
}
NOT_KEPT = {
    "group": 200,
    "channel_post": 200,
    "from_a_bot": 200,
    "blocked_us": 200,
    "malformed_without_number": 200,
    "malformed_number": 200,
    "malformed_not_an_object": 200,
    "malformed_cut_off": 400,
}


@pytest.fixture(autouse=True)
def _configured(db):
    configure("telegram")


def test_every_captured_payload_is_read_here():
    assert names("telegram") == sorted([*MEANS, *NOT_KEPT])


@pytest.mark.parametrize("name", MEANS)
def test_it_is_kept_whole_and_means(name):
    body = payload("telegram", name)
    assert bring("telegram", body) == 200
    row = Inbound.objects.get()
    assert row.external_id == f"nasional:{json.loads(body)['update_id']}"
    wanted = MEANS[name]
    if wanted is STUCK:
        with pytest.raises(Unreadable):
            READERS["telegram"].read(payload_of(row))
        return
    said = READERS["telegram"].read(payload_of(row))
    if wanted is NOTHING:
        assert said is None
        return
    assert isinstance(said, Said)
    assert meaning(said, wanted) == wanted
    assert bytes(row.sender_index) == blind_index("inbound-telegram", said.sender.account)


@pytest.mark.parametrize("name", NOT_KEPT)
def test_what_is_not_said_to_us_alone_is_answered_and_not_kept(name):
    assert bring("telegram", payload("telegram", name)) == NOT_KEPT[name]
    assert not Inbound.objects.exists()


def test_an_update_brought_again_is_the_same_and_another_bot_s_is_not():
    configure("telegram", brand="demak", secret="another-secret")
    body = payload("telegram", "text")
    for _again in range(3):
        assert bring("telegram", body) == 200
    headers = {"X-Telegram-Bot-Api-Secret-Token": "another-secret"}
    assert bring("telegram", body, brand="demak", headers=headers) == 200
    assert Inbound.objects.count() == 2


def test_who_does_not_know_the_secret_is_refused_and_nothing_kept():
    body = payload("telegram", "text")
    for wrong in ({}, {"X-Telegram-Bot-Api-Secret-Token": ""}, {"X-Telegram-Bot-Api-Secret-Token": "ü"}):
        assert bring("telegram", body, headers=wrong) == 403
    configure("telegram", secret="")
    assert bring("telegram", body, headers={"X-Telegram-Bot-Api-Secret-Token": ""}) == 403
    assert bring("telegram", body, brand="lain") == 404
    assert not Inbound.objects.exists()
