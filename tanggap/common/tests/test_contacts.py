"""Many spellings, one number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.common.contacts import normalize_email, normalize_phone


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "0812.3456.7890",
        "+6281234567890",
        "+62 812-3456-7890",
        "62 81234567890",
        "0062 812 3456 7890",
        "81234567890",
        "+62 (0)812 3456 7890",
        "  0812\u00a03456\u00a07890 ",
    ],
)
def test_every_spelling_of_a_mobile_number_is_one_number(typed: str) -> None:
    assert normalize_phone(typed) == "+6281234567890"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("(0351) 456789", "+62351456789"),
        ("021-5678901", "+62215678901"),
        ("+65 8123 4567", "+6581234567"),
        ("0065 8123 4567", "+6581234567"),
    ],
)
def test_land_lines_and_other_countries_are_known(typed: str, number: str) -> None:
    assert normalize_phone(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["", "112", "0812", "456789", "0812345678901234", "0812-abcd-7890", "٠٨١٢٣٤٥٦٧٨٩٠", "+", "++62812", "1" * 999],
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert normalize_phone(typed) is None


@given(st.text(max_size=40))
def test_a_normalized_phone_number_stays_as_it_is(text: str) -> None:
    number = normalize_phone(text)
    assert number is None or normalize_phone(number) == number


def test_an_address_is_one_in_any_case() -> None:
    assert normalize_email("  Budi.Santoso+lapor@Example.CO.ID ") == "budi.santoso+lapor@example.co.id"


@pytest.mark.parametrize(
    "typed",
    ["", "budi", "budi@", "@example.id", "budi@localhost", "a b@example.id", "budi@example..id", ".b@example.id",
     "budi@example.id\nBcc: x@example.id", "b" * 65 + "@example.id", "b@" + "a." * 130 + "id", "b@-a.id", "b@d@a.id"],
)  # fmt: skip
def test_what_is_no_address_is_none(typed: str) -> None:
    assert normalize_email(typed) is None


@given(st.emails())
def test_ordinary_addresses_are_stable(address: str) -> None:
    normalized = normalize_email(address)
    assert normalized is None or normalize_email(normalized) == normalized
