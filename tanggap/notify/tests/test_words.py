"""What messages say: in two languages, with and without title and text, and short enough for one SMS."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.notify.filling import fields_in, fill, fill_short, fits_sms, is_gsm, plain_letters, sms_length
from tanggap.notify.rendering import text_for
from tanggap.notify.templates import TEMPLATES
from tanggap.notify.tests.making import VALUES
from tanggap.notify.words import FOLDER, words_of

LANGUAGES = ("id", "en")
EVERY = [(name, language) for name in TEMPLATES for language in LANGUAGES]
FULL = {
    **VALUES,
    "due": "Rabu, 25 November 2026 pukul 23.59 WIB",
    "office": "Bidang Bina Marga",
    "post": "Kepala Dinas Pekerjaan Umum dan Penataan Ruang Kabupaten Sampang",
    "number": "005/2026/TGR",
    "count": "40",
    "list": "- Laporan A\n- Laporan B",
    "recipient": "Sekretaris Daerah",
    "days": "14",
    "brand_name": "Hallo Demak",
    "month": "November 2026",
    "percent": "81",
    "spent": "812.500",
    "amount": "1.000.000",
}
# What is left of a guarded case.
BARE = {**FULL, "about": "", "text": "", "agency": "instansi yang berwenang", "office": "", "post": ""}


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_template_ships_its_words_and_names_only_its_own_fields(name: str, language: str) -> None:
    assert (FOLDER / language / f"{name}.txt").exists()
    words = words_of(name, language)
    used = fields_in(words.subject + words.email + words.short + words.chat)
    assert used <= set(TEMPLATES[name].fields)


def test_no_words_are_left_over() -> None:
    assert {path.stem for path in FOLDER.rglob("*.txt")} == set(TEMPLATES)


@pytest.mark.parametrize("values", [FULL, BARE, {}], ids=["full", "guarded", "nothing"])
@pytest.mark.parametrize(("name", "language"), EVERY)
def test_whatever_is_missing_no_brackets_no_braces_and_no_holes_are_left(
    name: str, language: str, values: dict[str, str]
) -> None:
    for channel in ("email", "sms", "whatsapp", "webpush"):
        text = text_for(name, channel, language, values, {})
        for line in [text.subject, *text.body.split("\n")]:
            assert not set("[]{}") & set(line), line
            assert "  " not in line
        assert "\n\n\n" not in text.body
        assert text.body


@pytest.mark.parametrize("values", [FULL, BARE], ids=["full", "guarded"])
@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_short_form_is_one_sms_with_its_link_whole(name: str, language: str, values: dict[str, str]) -> None:
    text = text_for(name, "sms", language, values, {}).body
    assert fits_sms(text), (sms_length(text), text)
    assert is_gsm(text)
    if "{link}" in words_of(name, language).short:
        assert text.endswith(VALUES["link"]) or VALUES["link"] in text


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_of_a_guarded_case_nothing_is_told_but_number_clock_and_link(name: str, language: str) -> None:
    secret = {**BARE, "about": "", "text": ""}
    for channel in ("email", "sms", "whatsapp"):
        body = text_for(name, channel, language, secret, {}).body
        assert "Lampu" not in body
        if TEMPLATES[name].audience == "reporter" and "tracking_id" in TEMPLATES[name].fields:
            assert VALUES["tracking_id"] in body


def test_only_declared_fields_are_filled_and_a_value_is_never_read_again() -> None:
    assert fill("{a} {b} {c.__class__}", {"a": "{b} [x {b}]", "b": "2"}, ["a"]) == "{b} [x {b}] {c.__class__}"
    assert fill("Satu[ tentang {about}].\n\n{text}\n\nDua", {}, ["about", "text"]) == "Satu.\n\nDua"


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_short_form_always_fits_and_keeps_its_link(about: str, text: str) -> None:
    link = "https://lapor.contoh.id/l/K7M2-9QXA-V"
    values = {"about": about, "text": text, "link": link}
    made = fill_short("Laporan[ {about}] dijawab: {text} {link}", values, ["about", "text", "link"])
    assert fits_sms(made)
    assert made.endswith(link)


@given(st.text())
def test_lengths_are_counted_as_the_network_does(text: str) -> None:
    if is_gsm(text):
        assert sms_length(text) >= len(text)
    else:
        assert sms_length(text) == sum(2 if ord(letter) > 0xFFFF else 1 for letter in text)


def test_typographic_signs_do_not_halve_the_room() -> None:
    assert plain_letters("“Café” – selesai… ’ya’") == "\"Café\" - selesai... 'ya'"
    assert plain_letters("ầ") == "a"
    assert not is_gsm(plain_letters("你好"))
