"""What a conversation answers by SMS is one SMS, and never loses a number or a link."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.channels.sms.fitting import fitted
from tanggap.notify.filling import fits_sms

LINK = "https://lapor.go.id/l/ABCD-EFGH-J"
LONG = (
    f"Laporan Anda sudah kami terima. Nomornya ABCD-EFGH-J. {'Kami meneruskannya hari ini juga. ' * 4}Ikuti di {LINK}."
)


def test_what_fits_stays_as_it_is_and_typographic_signs_cost_nothing():
    assert fitted("Laporan diterima.") == "Laporan diterima."
    assert fitted("“Terima kasih” – tim") == '"Terima kasih" - tim'


def test_sentences_that_say_least_go_first():
    short = fitted(LONG)
    assert fits_sms(short)
    assert short.startswith("Laporan Anda sudah kami terima. Nomornya ABCD-EFGH-J.")
    assert short.endswith(f"Ikuti di {LINK}.")


def test_words_go_where_sentences_cannot_and_dots_say_so():
    short = fitted(f"{'Kata demi kata ' * 15} ABCD-EFGH-J {LINK}")
    assert fits_sms(short)
    assert short.endswith(f"... ABCD-EFGH-J {LINK}")
    assert short.count("...") == 1


def test_letters_beyond_the_alphabet_leave_room_for_seventy():
    short = fitted(f"ꦥꦩꦼꦫꦶꦤ꧀ꦠꦃ {'sampun katampi ' * 6} ABCD-EFGH-J")
    assert fits_sms(short)
    assert "ABCD-EFGH-J" in short


def test_values_that_are_too_many_are_all_kept():
    links = [f"{LINK}{number}" for number in range(6)]
    assert fitted(" dan ".join(links)).split(" ... ") == links


@given(st.text(), st.text())
@pytest.mark.filterwarnings("ignore")
def test_a_number_is_never_cut(before, after):
    assert "ABCD-EFGH-7" in fitted(f"{before} ABCD-EFGH-7 {after}")
