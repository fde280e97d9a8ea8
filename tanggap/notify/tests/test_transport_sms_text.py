"""A text becomes short messages that join again to the same text, none too long, no letter cut in two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.notify.transports.sms_text import GSM7, UCS2, TooLong, decoded, is_gsm, parts_needed, parts_of, plainly

GSM = st.text(
    st.sampled_from("abcXYZ 0123456789@£$¥èéùÇØøÅåΔ_ΦΓÆæßÉ!#%&()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà^{}[]~|€\\\n"), max_size=700
)
ANY = st.text(st.characters(codec="utf-16", exclude_categories=["Cs"]), max_size=300)


def joined(coding: int, pieces: tuple[bytes, ...]) -> str:
    bodies = [piece[6:] if len(pieces) > 1 else piece for piece in pieces]
    return "".join(decoded(coding, body) for body in bodies)


@given(GSM)
def test_plain_letters_join_to_the_same_text(text):
    parts = parts_of(text, key="k")
    assert parts.coding == GSM7
    assert joined(parts.coding, parts.pieces) == text


@given(ANY)
def test_every_writing_joins_to_the_same_text(text):
    parts = parts_of(text, key="k")
    assert joined(parts.coding, parts.pieces) == plainly(text)


@given(GSM | ANY)
def test_no_piece_is_longer_than_a_short_message(text):
    parts = parts_of(text, key="k")
    most = 160 if parts.coding == GSM7 else 140
    for piece in parts.pieces:
        septets = len(piece) + (1 if parts.joined and parts.coding == GSM7 else 0)
        assert septets <= most


@given(ANY)
def test_no_letter_is_cut_in_two(text):
    parts = parts_of(text, key="k")
    bodies = [piece[6:] if parts.joined else piece for piece in parts.pieces]
    if parts.coding == UCS2:
        for body in bodies:
            body.decode("utf-16-be", "strict")
    else:
        assert not any(body.endswith(b"\x1b") for body in bodies)


def test_the_headers_of_one_key_are_the_same_at_every_attempt():
    long = "Laporan Anda sudah dijawab. " * 12
    first, again = parts_of(long, key="step:1:a"), parts_of(long, key="step:1:a")
    assert first == again
    assert [piece[:3] for piece in first.pieces] == [b"\x05\x00\x03"] * len(first.pieces)
    assert [piece[5] for piece in first.pieces] == list(range(1, len(first.pieces) + 1))


@pytest.mark.parametrize(
    ("text", "coding", "parts"),
    [
        ("a" * 160, GSM7, 1),
        ("a" * 161, GSM7, 2),
        ("€" * 80, GSM7, 1),
        ("a" * 153 * 2, GSM7, 2),
        ("a" * 153 * 2 + "b", GSM7, 3),
        ("ꦄ" * 70, UCS2, 1),
        ("ꦄ" * 71, UCS2, 2),
        ("😀" * 35, UCS2, 1),
        ("“Laporan” – dijawab…", GSM7, 1),
        ("", GSM7, 1),
    ],
)
def test_the_number_of_parts_is_what_the_operator_bills(text, coding, parts):
    assert parts_of(text, key="k").coding == coding
    assert parts_needed(text) == parts


def test_typographic_signs_do_not_halve_what_fits():
    assert is_gsm(plainly("“Anda” – Bapak/Ibu ’tersebut’…"))


def test_a_text_of_too_many_parts_is_refused():
    with pytest.raises(TooLong):
        parts_of("a" * 153 * 11, key="k")
    assert parts_needed("a" * 153 * 11) == 11
