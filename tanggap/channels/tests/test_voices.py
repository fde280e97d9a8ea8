"""Local languages are data: a draft says nothing until a speaker has read it and the brand speaks it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tanggap.channels.conversation.phrasing import phrases_of
from tanggap.channels.lookups import House
from tanggap.channels.models import Chat
from tanggap.channels.said import Sender
from tanggap.directory.models import Brand, Locale
from tanggap.directory.services.review_locale import review_locale
from tanggap.notify.filling import fields_in

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


@pytest.mark.parametrize("code", ["jv", "mad"])
def test_a_draft_fills_the_same_fields_as_the_house_s_own_phrases(code: str) -> None:
    house, draft = phrases_of("id"), phrases_of(code)
    assert draft.keys() == house.keys()
    changed = [key for key in house if draft[key] != house[key]]
    assert len(changed) >= 10
    for key in changed:
        for form in ("long", "short"):
            assert set(fields_in(draft[key][form])) <= set(fields_in(house[key][form])), (key, form)


@pytest.mark.django_db
def test_a_language_is_heard_only_where_somebody_read_it_and_the_brand_speaks_it() -> None:
    brand = Brand.objects.create(slug="halo", name="Halo", languages=["id"])
    chat = Chat(channel="whatsapp", brand="halo", sender_index=b"x" * 16)

    def heard(text: str) -> str:
        return House(chat, Sender("whatsapp", "1", "1"), brand, NOW).voice(text)

    assert heard("basa Jawa") == ""
    review_locale(code="jv", enabled=True, reviewed_by="Balai Bahasa", actor_key="operator", now=NOW)
    assert heard("basa Jawa") == ""
    brand.languages = ["id", "jv"]
    assert heard("Basa  JAWA") == "jv"
    assert heard("bahasa Madura") == ""
    assert heard("jalan di Jawa rusak") == ""
    Locale.objects.filter(code="jv").update(enabled=False)
    assert heard("basa jawa") == ""
