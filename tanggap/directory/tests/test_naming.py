"""How names are compared and codes are made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.directory.naming import normalize, slug_of, unit_slug, without_brackets


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("KAB. Nganjuk", "kabupaten nganjuk"),
        ("Dinas Perdagangan Kabupaten Kabupaten Kendal", "dinas perdagangan kabupaten kendal"),
        ("Pemkot  Semarang", "pemerintah kota semarang"),
        ("Pemprov. D.K.I. Jakarta", "pemerintah provinsi dki jakarta"),
        ("Daerah Khusus Ibukota Jakarta", "dki jakarta"),
        ("Dinas Koperasi & UKM", "dinas koperasi dan ukm"),
        ("...", ""),
    ],
)
def test_spelling_does_not_matter(written, normal):
    assert normalize(written) == normal


@given(st.text(max_size=300))
def test_a_normal_name_has_only_plain_words_once_spaced(text):
    assert all(
        (word.isascii() and word.isalnum() and word.islower()) or word.isdigit() for word in normalize(text).split()
    )
    assert normalize(text) == " ".join(normalize(text).split())


def test_slugs_take_the_first_short_name_up_to_a_slash_or_bracket():
    assert slug_of("Satpol PP") == "satpolpp"
    assert slug_of("DP3A/DP3AP2KB") == "dp3a"
    assert slug_of("Distan(ah)") == "distan"


def test_a_taken_slug_gives_way_to_the_second_short_name_then_to_a_number():
    assert unit_slug("DKP/DKPP", []) == "dkp"
    assert unit_slug("DKP/DKPP", ["dkp"]) == "dkpp"
    assert unit_slug("DKP", ["dkp"]) == "dkp-2"
    assert unit_slug("DKP/DKPP", ["dkp", "dkpp"]) == "dkp-2"
    assert unit_slug("DKP", ["dkp", "dkp-2"]) == "dkp-3"


def test_brackets_are_dropped_from_names():
    assert without_brackets("Dinas Pendidikan (dan Kebudayaan)") == "Dinas Pendidikan"
