"""Octets of short messages become the words that were typed, whatever the operator made of them."""

from __future__ import annotations

import pytest

from tanggap.channels.said import Unreadable
from tanggap.channels.sms.alphabets import MISSING, Piece, alphabet_named, alphabet_of, text_of
from tanggap.channels.sms.header import Place, is_for_a_program, place_of
from tanggap.channels.sms.packet import Origin, packed, written
from tanggap.channels.sms.reading import read

FLOOD = "Banjir 🌊 di Jl. Mawar"
HEADER = bytes([5, 0, 3, 7, 2, 1])


def packed_septets(text: bytes, header: bytes = b"") -> bytes:
    """Seven bits a letter, as 3GPP TS 23.038, 6.1.2.1 draws it."""
    bits = "0" * (-8 * len(header) % 7) + "".join(f"{letter:07b}"[::-1] for letter in text)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[at : at + 8][::-1], 2) for at in range(0, len(bits), 8))


@pytest.mark.parametrize(
    ("coding", "octets", "text"),
    [
        (0, b"Jalan rusak", "Jalan rusak"),
        (0, b"\x00\x02\x11\x1b\x3c1\x1b\x3e\x1be", "@$_[1]€"),
        (0, b"harga \x1bAneh \x1b", "harga Aneh "),
        (0, "Dinas – PU".encode(), "Dinas – PU"),
        (0, b"caf\xe9", "café"),
        (1, b"user@contoh.id", "user@contoh.id"),
        (3, b"caf\xe9", "café"),
        (4, "Bantuan™".encode(), "Bantuan™"),
        (8, FLOOD.encode("utf-16-be"), FLOOD),
        (8, b"\xfe\xff" + FLOOD.encode("utf-16-be"), FLOOD),
        (8, "Jalan".encode("utf-16-be") + b"\x00", "Jalan\ufffd"),
        (0x18, FLOOD.encode("utf-16-be"), FLOOD),
        (0xE0, FLOOD.encode("utf-16-be"), FLOOD),
        (0xF0, b"\x00Jalan", "@Jalan"),
        (0xF5, "Jalan é".encode(), "Jalan é"),
        (0x99, b"Jalan", "Jalan"),
        (0, b"satu\rdua", "satu\ndua"),
        (0, b"", ""),
    ],
)
def test_each_alphabet_is_read_by_its_number(coding, octets, text):
    assert text_of([Piece(alphabet_of(coding, "gsm"), octets)]) == text


def test_an_operator_that_packs_seven_bits_or_sends_latin_is_told_so_by_its_account():
    assert text_of([Piece(alphabet_of(0, "packed"), packed_septets(b"Jalan rusak"))]) == "Jalan rusak"
    assert text_of([Piece(alphabet_of(0, "packed"), bytes.fromhex("e8329bfd4697d9ec37"))]) == "hellohello"
    assert text_of([Piece(alphabet_of(0, "latin1"), b"a@b_c")]) == "a@b_c"


def test_packed_parts_begin_at_the_next_whole_letter_behind_their_header():
    first, second = b"Jalan di depan SD ru", b"sak {parah}"
    pieces = [
        Piece("packed", packed_septets(text, HEADER), HEADER) for text in (first, second.replace(b"{", b"\x1b\x28"))
    ]
    assert text_of(pieces) == "Jalan di depan SD rusak {parahñ"


def test_a_letter_that_is_cut_between_two_parts_is_whole_again():
    wave = FLOOD.encode("utf-16-be")
    at = FLOOD.index("🌊") * 2 + 2
    assert text_of([Piece("utf-16-be", wave[:at]), Piece("utf-16-be", wave[at:])]) == FLOOD
    assert text_of([Piece("gsm", b"harga 5 \x1b"), Piece("gsm", b"e")]) == "harga 5 €"
    assert text_of([Piece("gsm", b"Jalan "), Piece("utf-16-be", "🌊".encode("utf-16-be"))]) == "Jalan 🌊"


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([b"satu", None, b"tiga"], f"satu {MISSING} tiga"),
        ([None, b"dua"], f"{MISSING} dua"),
        ([b"satu", None], f"satu {MISSING}"),
        ([None, None, b"tiga", None, None], f"{MISSING} tiga {MISSING}"),
    ],
)
def test_a_part_that_never_came_leaves_one_mark(parts, text):
    assert text_of([Piece("gsm", part) if part is not None else None for part in parts]) == text


@pytest.mark.parametrize(
    ("header", "place"),
    [
        ("050003070201", Place("8:7", 2, 1)),
        ("06080412340302", Place("16:4660", 3, 2)),
        ("0a0203aabbcc0003070202", Place("8:7", 2, 2)),
        ("0b00030702010504aaaabbbb", Place("8:7", 2, 1)),
        ("050003070101", None),
        ("050003070200", None),
        ("050003070203", None),
        ("0500030700ff", None),
        ("0500", None),
        ("05000307", None),
        ("ff00ff", None),
        ("", None),
        ("00", None),
    ],
)
def test_a_header_says_which_part_it_is_or_nothing(header, place):
    assert place_of(bytes.fromhex(header)) == place


def kept(sender: str, *pieces: Piece) -> bytes:
    return written(Origin("nasional", sender, "1708"), [packed(piece) for piece in pieces])


@pytest.mark.parametrize(
    "sender", ["081234567890", "+62 812-3456-7890", "6281234567890", "0062812 3456 7890", "81234567890"]
)
def test_one_person_is_one_person_in_every_spelling(sender):
    said = read(kept(sender, Piece("gsm", b"SAMPANG jalan rusak")))
    assert (said.sender.account, said.sender.phone, said.sender.hint) == ("+6281234567890", "+6281234567890", "…7890")
    assert said.text == "SAMPANG jalan rusak"


@pytest.mark.parametrize("sender", ["TELKOMSEL", "3636", "1708", "", "+", "LAPOR!", "62812'; DROP"])
def test_notices_of_operators_and_advertisements_are_no_person_s_word(sender):
    assert read(kept(sender, Piece("gsm", b"Pulsa Anda hampir habis"))) is None


def test_what_is_sent_to_a_program_of_a_phone_is_no_person_s_word():
    header = bytes.fromhex("06050423f40000")
    assert is_for_a_program(header)
    assert read(kept("081234567890", Piece("bytes", b"BEGIN:VCARD", header))) is None


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"from":"1","parts":[{}]}',
        b'{"from":"1","parts":7}',
        b'{"from":"1","parts":[{"alphabet":"gsm","header":"x","payload":""}]}',
    ],
)
def test_what_cannot_be_read_says_so(payload):
    with pytest.raises(Unreadable):
        read(payload)


@pytest.mark.parametrize(
    ("charset", "coding", "alphabet"),
    [
        ("UTF-8", "2", "utf-8"),
        ("utf-16BE", "", "utf-16-be"),
        ("ISO-8859-1", "0", "latin1"),
        ("", "2", "utf-16-be"),
        ("", "0", "bytes"),
        ("%C", "9", "bytes"),
        ("hex", "1", "bytes"),
    ],
)
def test_a_gateway_s_text_is_read_by_the_set_it_names_else_by_its_coding(charset, coding, alphabet):
    assert alphabet_named(charset, coding) == alphabet
