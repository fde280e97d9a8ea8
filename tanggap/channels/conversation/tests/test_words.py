"""Both languages say everything, an SMS stays one SMS, and spelling mistakes are forgiven within bounds."""

from __future__ import annotations

from datetime import date

import pytest

from tanggap.channels.conversation import dates
from tanggap.channels.conversation.cues import (
    about_conduct,
    hiding_in,
    number_checked,
    number_named,
    says_enough,
    small_talk,
    without_mark,
)
from tanggap.channels.conversation.phrasing import in_words, phrases_of
from tanggap.channels.conversation.turns import Say
from tanggap.channels.conversation.vocabulary import language_of, languages, meant, mistakes_between, number_in
from tanggap.notify.filling import fields_in, fits_sms

TYPICAL = {
    "tracking_id": "7K3M-92QD-X",
    "secret_code": "7K3M-92QD-XX00",
    "clock": "Verifikasi: hari ke-2 dari 3, jatuh tempo Kamis, 12 November 2026 pukul 23.59 WIB.",
    "link": "https://lapor.contoh.go.id/l/7K3M-92QD-X",
    "state": "Belum ditindaklanjuti",
    "agency": "Dinas Pekerjaan Umum dan Penataan Ruang Kabupaten Contoh",
    "options": "1. Sidomulyo, Kecamatan Wonosalam, Kabupaten Demak",
    "at": "14.05 WIB",
    "privacy": "anonim dan rahasia",
    "numbers": "Bila masih ada bahaya, telepon 112 (darurat), 110 (polisi), atau 129 (perempuan dan anak) "
    "sekarang juga.",
    "reason": "Jenis berkas ini tidak diterima.",
}


@pytest.mark.parametrize("language", [code for code in languages() if code != "id"])
def test_every_language_has_every_phrase_with_the_same_fields(language):
    house, other = phrases_of("id"), phrases_of(language)
    assert set(other) == set(house)
    for key, forms in house.items():
        assert set(forms) == set(other[key]) == {"long", "short"}, key
        assert fields_in(forms["long"]) == fields_in(other[key]["long"]), key
        for form in (forms, other[key]):
            assert fields_in(form["short"]) <= fields_in(form["long"]), key


@pytest.mark.parametrize("language", languages())
def test_every_short_phrase_is_one_sms_and_keeps_numbers(language):
    for key in phrases_of(language):
        said = in_words([Say(key, TYPICAL)], language=language, brief=True)
        assert fits_sms(said), (key, said)
        if "tracking_id" in fields_in(phrases_of(language)[key]["short"]):
            assert TYPICAL["tracking_id"] in said, key


def test_danger_and_receipt_fit_into_one_sms_with_both_numbers():
    said = in_words([Say("danger", TYPICAL), Say("receipt", TYPICAL)], language="id", brief=True)
    assert fits_sms(said)
    assert all(word in said for word in ("112", TYPICAL["tracking_id"], TYPICAL["secret_code"]))


def test_no_phrase_is_left_with_an_empty_field():
    said = in_words([Say("status", {**TYPICAL, "agency": "", "state": ""})], language="id", brief=False)
    assert said.splitlines()[0] == "Laporan 7K3M-92QD-X"
    assert "Dipegang" not in said


def test_an_unknown_language_is_the_house_s():
    assert phrases_of("xx") == phrases_of("id")
    assert phrases_of("../../secrets") == phrases_of("id")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("batal", "cancel"), ("BATAL!!", "cancel"), ("btl", "cancel"), ("batl", "cancel"), ("batall", "cancel"),
        ("baatl", "cancel"), ("ulnag", "restart"), ("bantuin", "help"), ("bantaun", "help"), ("petugsa", "person"),
        ("gk tau", "skip"), ("-", "skip"), ("lwati", "skip"), ("iyaaa", "yes"), ("y", "yes"), ("gas", "yes"),
        ("tidak ada", "skip"), ("gak jadi", "cancel"), ("ｂａｔａｌ", "cancel"),
    ],
)  # fmt: skip
def test_commands_are_understood_though_misspelt(typed, name):
    found = meant(typed, ["cancel", "restart", "help", "person", "skip", "yes"], near=True)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "typed", ["batang", "malang", "jalan", "yak", "gang", "ulama", "bt", "", "batal semua laporan orang"]
)
def test_other_words_are_no_commands(typed):
    assert meant(typed, ["cancel", "restart", "help", "person", "skip", "yes"], near=True) is None


def test_mistakes_are_counted_with_exchanged_neighbours_as_one():
    assert mistakes_between("batal", "baatl") == 1
    assert mistakes_between("", "abc") == 3
    assert mistakes_between("petugas", "petugas") == 0


NUMBERS = [("2", 2), ("２", 2), ("dua", 2), ("nomor 3", 3), ("nomor dua", 2), ("2 ekor", None)]


@pytest.mark.parametrize(("typed", "number"), NUMBERS)
def test_numbers_are_read_as_figures_and_words(typed, number):
    assert number_in(typed) == number


TODAY = date(2026, 11, 9)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("hari ini", "2026-11-09"), ("tadi pagi", "2026-11-09"), ("tadi malam", "2026-11-08"),
        ("kemarin sore", "2026-11-08"), ("kmrn", "2026-11-08"), ("kemarin lusa", "2026-11-07"),
        ("3 hari yang lalu", "2026-11-06"), ("sejak tiga malam", "2026-11-06"), ("seminggu lalu", "2026-11-02"),
        ("minggu lalu", "2026-11-02"), ("hari Minggu", "2026-11-08"), ("Senin", "2026-11-02"),
        ("12/10", "2026-10-12"), ("1-11-2026", "2026-11-01"), ("17 Agustus 2026", "2026-08-17"),
        ("12 November", "2025-11-12"), ("November 5", "2026-11-05"), ("2026-11-03", "2026-11-03"),
        ("yesterday", "2026-11-08"), ("two weeks ago", "2026-10-26"), ("last Monday", "2026-11-02"),
        ("besok-besok", None), ("31/2/2026", None), ("entah kapan", None),
    ],
)  # fmt: skip
def test_the_day_of_an_answer(said, day):
    found = dates.day_in(said, TODAY, answering=True)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize("text", ["Jalan Minggu Raya nomor 12/4", "rumah nomor 11/12", "Pasar Senin"])
def test_a_report_is_not_dated_by_what_may_be_an_address(text):
    assert dates.day_in(text, TODAY, answering=False) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("halo", "greeting"), ("Selamat pagi Pak", "greeting"), ("tes 123", "greeting"), ("😂😂", "signs"),
        ("...", "signs"), ("makasih banyak ya", "thanks"), ("anjing kalian semua", "abuse"),
        ("lampu jalan padam", None), ("halo, lampu jalan padam", None), ("anjing liar di pasar", None),
    ],
)  # fmt: skip
def test_what_is_no_report(text, kind):
    assert small_talk(text) == kind


def test_how_much_is_enough():
    assert says_enough("lampu padam", brief=False)
    assert not says_enough("lampu padam", brief=True)
    assert not says_enough("aaaaaaaaaaaa", brief=False)
    assert not says_enough("rusak rusak rusak", brief=False)


def test_what_may_be_about_conduct():
    assert about_conduct("Ada pungli di loket")
    assert about_conduct("Kepala desa marah-marah dan mengancam warga")
    assert not about_conduct("Jalan di depan rumah kepala desa rusak")
    assert about_conduct("The official asked me for money")


def test_what_shall_be_hidden():
    assert hiding_in("RAHASIA lampu padam").secret
    assert hiding_in("mohon anonim ya").anonymous
    assert not hiding_in("ini bukan rahasia lagi").secret
    assert not hiding_in("tidak perlu anonim").anonymous
    assert without_mark("ANONIM, RAHASIA: lampu padam") == "lampu padam"
    assert without_mark("Rahasia") == "Rahasia"


def test_numbers_of_cases_are_found_and_words_are_not():
    assert number_named("laporan 0000-0000-0 saya").number == "0000-0000-0"
    assert number_named("lihat #2007157 dong").number == "#2007157"
    assert number_named("KECAMATAN PEMALANGA SEMARANGS jalan rusak") is None
    named = number_named("0000-0000-0 7K3M-92QD-XX00 sudah padam")
    assert (named.code, named.rest) == ("7K3M-92QD-XX00", "sudah padam")
    assert number_checked("0000 0000 0").number == "0000-0000-0"
    assert number_checked("2007157").number == "2007157"
    assert number_checked("jalan rusak") is None


def test_the_language_of_a_text():
    assert language_of("There is a big hole in the road") == "en"
    assert language_of("Jalan di depan rumah saya rusak") == "id"
    assert language_of("xyz") == ""
