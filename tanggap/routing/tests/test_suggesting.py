"""Suggestions of units by their topics, with reasons in words."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tanggap.directory.reference.agencies import templates
from tanggap.directory.selectors import agency_by_code, government_of
from tanggap.routing.selectors import suggested_units
from tanggap.routing.suggesting import Unit, suggest_units
from tests.counting import Statements

UNITS = [Unit(f"35.27/{row.slug}", row.name, row.topics) for row in templates()]


def first(text):
    return suggest_units(text, UNITS)[0]


def test_a_hole_in_the_road_goes_to_public_works_and_says_why():
    best = first("Jalan di depan pasar berlubang besar sejak bulan lalu")
    assert best.agency_code == "35.27/dpupr"
    assert best.reason.startswith("Kata “jalan”, “berlubang” termasuk urusan")
    assert "Dinas Pekerjaan Umum" in best.reason


def test_ordinary_complaints_find_their_unit():
    for text, slug in [
        ("KTP elektronik saya sudah enam bulan belum jadi", "disdukcapil"),
        ("sampah menumpuk di TPS tidak diangkut", "dlh"),
        ("antrean di puskesmas terlalu lama, dokter tidak ada", "dinkes"),
        ("bantuan PKH saya dihentikan tanpa alasan", "dinsos"),
        ("guru memungut uang seragam di sekolah", "disdik"),
        ("air PDAM mati tiga hari, tagihan tetap naik", "pdam"),
        ("parkir liar membuat lalu lintas macet", "dishub"),
        ("lampu penerangan jalan padam", "dishub"),
        ("kekerasan terhadap anak oleh tetangga", "dp3a"),
    ]:
        assert first(text).agency_code == f"35.27/{slug}", text


def test_nothing_is_suggested_when_nothing_fits():
    assert suggest_units("xyzzy", UNITS) == []
    assert suggest_units("jalan rusak", []) == []


@given(st.text(max_size=500))
def test_any_text_gives_at_most_three_with_scores_that_share_one(text):
    found = suggest_units(text, UNITS)
    assert len(found) <= 3
    assert all(0 < row.score <= 1 and row.reason for row in found)
    assert sum(row.score for row in found) <= 1.01


@pytest.mark.django_db
def test_the_units_of_the_place_are_suggested() -> None:
    sampang = government_of("35.27.01.2001")
    assert sampang == agency_by_code("35.27")
    assert suggested_units("jalan berlubang", sampang)[0].agency_code == "35.27/dpupr"
    with Statements(connection) as caught:
        suggested_units("sampah", sampang)
    assert len(caught) <= 1
    assert government_of("35").code == "35"
    assert government_of("99.99") is None
