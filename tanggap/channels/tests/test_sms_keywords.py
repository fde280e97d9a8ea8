"""The first words of an SMS lead to the agency they name, the longest name first, or nowhere without a loss."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection

from tanggap.channels.models import Keyword
from tanggap.channels.sms.addressing import addressed
from tanggap.channels.sms.keywords import beginnings, code_in_front, without_flags
from tanggap.directory.models import AgencyAlias, Brand
from tanggap.directory.selectors import agency_by_code
from tests.counting import Statements

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
SAMPANG, DEMAK, SURABAYA, SEMARANG_CITY = "35.27", "33.21", "35.78", "33.74"
TEXT = "jalan rusak di depan pasar"
pytestmark = pytest.mark.django_db


def alias(word: str, code: str) -> None:
    AgencyAlias.objects.create(agency=agency_by_code(code), alias=word, normalized=word.lower(), source="test")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("SAMPANG", SAMPANG),
        ("sampang", SAMPANG),
        ("KAB. SAMPANG", SAMPANG),
        ("kab.sampang:", SAMPANG),
        ("KABSAMPANG", SAMPANG),
        ("Kabupaten   Sampang,", SAMPANG),
        ("SAMPANG KAB", SAMPANG),
        ("PEMKAB SAMPANG -", SAMPANG),
        ("Pemerintah Kabupaten Sampang.", SAMPANG),
        ("PEMKOT SURABAYA", SURABAYA),
        ("PEMKOTSURABAYA", SURABAYA),
        ("PEM.KOT SURABAYA", None),
        ("surabaya#", SURABAYA),
        ("SEMARANG KOTA", SEMARANG_CITY),
        ("KOTA SEMARANG", SEMARANG_CITY),
        ("JATIM", "35"),
        ("PROV. JAWA TIMUR", "35"),
        ("35.27", SAMPANG),
        ("35.27/dinkes", "35.27/dinkes"),
        ("35.27/DINKES:", "35.27/dinkes"),
        ("id-105", "ID-105"),
        ("PLN", "ID-105"),
        ("BPJS-Kes", "ID-103"),
    ],
)
def test_a_keyword_is_taken_in_every_way_people_write_it_and_the_rest_is_the_report(words, code):
    found = addressed(f"{words} {TEXT}", None)
    assert found.agency == (agency_by_code(code) if code else None)
    assert found.text == (TEXT if code else f"{words} {TEXT}")
    assert found.reason == ""


def test_the_longest_name_wins():
    alias("sampang timur", "35.27/dinkes")
    assert addressed(f"SAMPANG TIMUR {TEXT}", None).agency.code == "35.27/dinkes"
    assert addressed(f"SAMPANG TIMURAN {TEXT}", None) == addressed(f"SAMPANG: TIMURAN {TEXT}", None)
    assert addressed(f"SAMPANG {TEXT}", None).agency.code == SAMPANG


def test_a_name_that_two_bear_leads_to_the_national_queue_and_says_why():
    alias("semarang raya", SEMARANG_CITY)
    alias("semarang raya", DEMAK)
    agency_by_code("ID")
    with Statements(connection) as caught:
        found = addressed(f"Semarang Raya {TEXT}", None)
    assert len(caught) <= 4
    assert (found.agency, found.text) == (None, f"Semarang Raya {TEXT}")
    assert "Semarang Raya" in found.reason
    assert "Pemerintah Kota Semarang" in found.reason
    assert "Pemerintah Kabupaten Demak" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Yth. Bapak Bupati, mohon bantuan",
        "",
        "   ",
        "🌊🌊",
        "99.99 rusak",
        "\u200b\u202e",
        "a" * 10_000,
        "??? !!!",
    ],
)
def test_words_that_name_nobody_stay_whole(text):
    assert addressed(text, None).agency is None
    assert addressed(text, None).text == text


@pytest.mark.parametrize("words", ["ANONIM SAMPANG", "Rahasia, anonim: Sampang", "ANONIM KAB. SAMPANG -"])
def test_the_wish_to_stay_unnamed_may_stand_before_the_keyword_and_is_kept(words):
    found = addressed(f"{words} {TEXT}", None)
    assert found.agency.code == SAMPANG
    assert found.text.endswith(TEXT)
    assert "anonim" in found.text.lower()
    assert "sampang" not in found.text.lower()


def test_a_city_whose_name_begins_sentences_leads_there_and_takes_no_word_away():
    alias("batu", SURABAYA)
    found = addressed("Batu besar menutup jalan", None)
    assert (found.agency.code, found.text) == (SURABAYA, "Batu besar menutup jalan")


def test_a_local_service_has_words_of_its_own_and_takes_places_for_places():
    demak = Brand.objects.create(slug="demak", name="Hallo Demak", agency=agency_by_code(DEMAK))
    Keyword.objects.create(brand=demak, word="SEHAT", normalized="sehat", agency=agency_by_code("33.21/dinkes"))
    assert addressed(f"SEHAT {TEXT}", demak).agency.code == "33.21/dinkes"
    assert addressed(f"DEMAK {TEXT}", demak).agency.code == DEMAK
    assert addressed(f"SURABAYA {TEXT}", demak).agency is None
    assert addressed(f"SEHAT {TEXT}", None).agency.code == "33.21/dinkes"
    other = Brand.objects.create(slug="sampang", name="Lapor Sampang", agency=agency_by_code(SAMPANG))
    assert addressed(f"SEHAT {TEXT}", other).agency is None


def test_only_so_many_beginnings_are_looked_at():
    assert len(beginnings("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh")) == 8
    assert [one.name for one in beginnings("KAB. Nganjuk jalan")][-1] == "kabupaten"
    assert code_in_front("35.27rusak") is None
    assert without_flags("anonimitas itu perlu") == ("", "anonimitas itu perlu")
