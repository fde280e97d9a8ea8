"""A citizen hands in a report over HTTP, without JavaScript."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tanggap.cases.models import Case, IntakeLimit
from tanggap.common.clock import frozen
from tanggap.directory import cache
from tanggap.files.selectors import files_of
from tests.cast import DAY, Cast
from tests.journeys.portal_walk import Page, Walker, picture

STORY = "Lubang di Jalan Randu makin lebar sejak hujan minggu lalu. Hubungi saya di 0812-3456-7890."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with frozen(DAY):
        yield


def number_in(page: Page) -> str:
    found = re.search(r'class="code number">([0-9A-Z-]+)<', page.html)
    assert found, page.text
    return found[1]


def code_in(page: Page) -> str:
    found = re.search(r'Kode rahasia: <span class="code keep">([0-9A-Z-]+)<', page.html)
    assert found, page.text
    return found[1]


def test_a_report_of_one_sentence_goes_all_the_way(client: Client) -> None:
    walk = Walker(client)
    walk.to_preview(STORY)
    assert "nomor telepon" in walk.page.text, "the preview shows what the public will see"
    assert "0812-3456-7890" not in walk.page.html.split("Inilah yang dilihat")[1].split("</article>")[0]
    receipt = walk.press("send")
    case = Case.objects.get(tracking_id=number_in(receipt))
    assert case.state == "unverified"
    assert case.channel == "web"
    assert "Kamis, 12 November 2026" in receipt.text, "the date by which somebody looks at it"
    page = client.get(f"/l/{case.tracking_id}")
    assert STORY in page.content.decode(), "the browser that sent it may open it at once"


def test_everything_that_can_be_said_is_kept(client: Client) -> None:
    walk = Walker(client)
    walk.press(text=STORY, when="yesterday", title="Lubang besar", files=[picture()])
    page = walk.press("search", region_q="ngaliyan")
    assert "Yang cocok" in page.text
    code = re.search(r'name="region" value="(33\.74\.[0-9.]+)"', page.html)
    assert code
    walk.press(region=code[1], place="Depan gerbang sekolah")
    assert "Usulan kami" in walk.page.text, "the government of the place is suggested, with the reason"
    walk.press(agency="33.74", classification="complaint")
    walk.press(about="no")
    walk.press(anonymous="on", name="Siti", phone="0812 3456 7890")
    receipt = walk.press("send")
    case = Case.objects.get(tracking_id=number_in(receipt))
    assert case.agency.code == "33.74"
    assert case.region_id == code[1]
    assert case.anonymous
    assert case.title == "Lubang besar"
    assert case.occurred_on == (DAY - timedelta(days=1)).date()
    assert files_of(case.stream).count() == 1
    assert case.reporter.sealed


def test_a_double_click_makes_one_case_and_shows_the_same_receipt(client: Client) -> None:
    walk = Walker(client)
    walk.to_preview(STORY)
    sent = {**walk.fields, "go": "send"}
    first, second = client.post("/lapor/", sent), client.post("/lapor/", sent)
    assert Case.objects.count() == 1
    assert code_in(Page(first)) == code_in(Page(second))


def test_other_words_under_the_same_key_are_asked_about_not_swallowed(client: Client) -> None:
    walk = Walker(client)
    walk.to_preview(STORY)
    client.post("/lapor/", {**walk.fields, "go": "send"})
    page = walk.press("send", text="Cerita yang lain sama sekali tentang air.")
    assert page.status == 409
    assert "sudah terkirim satu laporan" in page.text
    assert Case.objects.count() == 1
    walk.press("send")
    assert Case.objects.count() == 2


def test_an_empty_story_is_asked_for_again(client: Client) -> None:
    walk = Walker(client)
    page = walk.press(text="   ", title="Judul saya")
    assert walk.step == "cerita"
    assert "Ceritanya belum diisi" in page.text
    assert page.form("/lapor/").fields["title"] == "Judul saya", "nothing typed is lost"
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"when": "date", "occurred_on": "2026-11-10"}, "Tanggal ini belum tiba"),
        ({"when": "date", "occurred_on": "31-02-2026"}, "Tanggal ini tidak terbaca"),
        ({"when": "date"}, "Isi tanggalnya"),
        ({"title": "x" * 161}, "Judul terlalu panjang"),
        ({"when": "besok"}, "besok"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_keeps_the_story(
    client: Client, answers: dict[str, str], sentence: str
) -> None:
    walk = Walker(client)
    page = walk.press(text=STORY, **answers)
    assert walk.step == "cerita"
    assert sentence in page.text
    assert walk.fields["text"] == STORY
    assert page.invalid or "Ada yang perlu diperbaiki" in page.text


def test_a_story_too_long_is_kept_and_explained(client: Client) -> None:
    walk = Walker(client)
    page = walk.press(text="a " * 10_100)
    assert "terlalu panjang" in page.text
    assert len(walk.fields["text"]) > 20_000
    assert walk.step == "cerita"


def test_a_place_typed_but_not_chosen_is_looked_up_first(client: Client) -> None:
    walk = Walker(client)
    walk.press(text=STORY)
    walk.press(region_q="sampang")
    assert walk.step == "tempat"
    assert "Yang cocok" in walk.page.text
    walk.press(region_q="xyzzyqq")
    assert "Tidak ada yang cocok" in walk.page.text
    walk.press(region="-")
    assert walk.step == "instansi", "“I don't know” is an answer"


@pytest.mark.parametrize("region", ["99.99", "35; DROP TABLE", "<script>"])
def test_an_unknown_region_is_refused_with_a_sentence(client: Client, region: str) -> None:
    walk = Walker(client)
    walk.press(text=STORY)
    page = walk.press(region=region)
    assert walk.step == "tempat"
    assert "Pilih salah satu tempat" in page.text


def test_an_unknown_agency_is_refused_with_a_sentence(client: Client) -> None:
    walk = Walker(client)
    walk.press(text=STORY)
    walk.press()
    page = walk.press(agency="99.99/entah")
    assert walk.step == "instansi"
    assert "Pilih salah satu instansi" in page.text


def test_a_wrong_phone_number_is_explained(client: Client) -> None:
    walk = Walker(client)
    walk.press(text=STORY)
    for _ in range(3):
        walk.press()
    page = walk.press(phone="12", email="siti@")
    assert walk.step == "anda"
    assert "Nomor telepon ini tidak dapat dipakai" in page.text
    assert "Alamat surel ini tidak lengkap" in page.text
    assert walk.fields["phone"] == "12"


def test_a_report_about_somebody_is_secret_and_starts_with_the_inspector(client: Client) -> None:
    walk = Walker(client)
    page = walk.to_preview(
        "Kepala dinas meminta uang untuk izin.",
        siapa={"about": "yes", "about_person": "Kepala Dinas", "about_agency": "35.27/dinkes"},
    )
    assert "Umum tidak melihat" in page.text
    case = Case.objects.get(tracking_id=number_in(walk.press("send")))
    assert case.secret
    assert case.oversight
    assert case.classification == "supervisory_complaint"
    assert case.subjects.get().agency.code == "35.27/dinkes"


def test_a_yes_without_a_name_is_asked_for_one(client: Client) -> None:
    walk = Walker(client)
    walk.press(text=STORY)
    walk.press()
    walk.press()
    page = walk.press(about="yes")
    assert walk.step == "siapa"
    assert "Sebutkan orangnya atau kantornya" in page.text


def test_a_shared_phone_remembers_nothing(client: Client) -> None:
    walk = Walker(client)
    walk.to_preview(STORY, cerita={"shared": "on"})
    receipt = walk.press("send")
    number = number_in(receipt)
    assert "ponsel bersama" in receipt.text
    page = client.get(f"/l/{number}").content.decode()
    assert STORY not in page
    assert "sessionid" not in client.cookies or not client.session.keys()


def test_words_of_danger_show_the_emergency_numbers(client: Client) -> None:
    walk = Walker(client)
    page = walk.press(text="Ada kebakaran di pasar sekarang, api besar.")
    assert {"112", "110", "129"} <= set(re.findall(r"\b1\d\d\b", page.text))
    calm = Walker(client)
    assert "129" not in calm.press(text=STORY).text


def test_a_file_can_be_taken_back_and_a_wrong_one_is_refused(client: Client) -> None:
    walk = Walker(client)
    walk.press("upload", text=STORY, files=[picture()])
    assert "jalan &lt;script&gt;.jpg" in walk.page.html
    token = re.search(r'value="drop:([0-9a-f]+)"', walk.page.html)
    assert token
    walk.press(f"drop:{token[1]}")
    assert "jalan" not in walk.page.html.split("attachments-bantu")[1].split("</form>")[0]
    bad = io.BytesIO(b"MZ\x90\x00" + b"\0" * 200)
    bad.name = "program.exe"
    page = walk.press("upload", files=[bad])
    assert "Jenis berkas ini tidak diterima" in page.text
    assert walk.fields["text"] == STORY


def test_one_may_go_back_and_change_an_answer(client: Client) -> None:
    walk = Walker(client)
    walk.to_preview(STORY)
    walk.press("to:cerita")
    assert walk.step == "cerita"
    assert walk.fields["text"] == STORY
    walk.press("to:periksa", text="Cerita baru.")
    assert "Cerita baru." in walk.page.text
    walk.press("back")
    assert walk.step == "anda"


def test_the_form_speaks_english_and_keeps_what_was_typed(client: Client) -> None:
    walk = Walker(client)
    walk.press(text=STORY)
    response = client.post("/lapor/?lang=en", {**walk.fields, "go": "stay"})
    page = Page(response)
    assert 'lang="en"' in page.html
    assert page.form("/lapor/").fields["text"] == STORY
    assert "Where did it happen?" in page.text


def test_no_cookie_and_no_token_are_needed_to_report() -> None:
    client = Client(enforce_csrf_checks=True)
    walk = Walker(client)
    client.cookies.clear()
    walk.to_preview(STORY)
    client.cookies.clear()
    assert number_in(walk.press("send"))


def test_too_many_reports_from_one_network_wait_and_keep_what_was_typed(client: Client) -> None:
    IntakeLimit.objects.filter(channel="web").update(amount=1)
    cache.clear()
    Walker(client).to_preview(STORY)
    walk = Walker(client)
    for number in range(2):
        walk = Walker(client)
        walk.to_preview(f"{STORY} {number}")
        walk.press("send")
    assert walk.page.status == 429
    assert "Terlalu banyak kiriman dari jaringan ini" in walk.page.text
    assert walk.fields["text"].startswith(STORY)
    assert Case.objects.count() == 1


def test_a_signed_in_citizen_finds_the_own_reports(client: Client, cast: Cast) -> None:
    client.force_login(cast.person("citizen"), backend="allauth.account.auth_backends.AuthenticationBackend")
    walk = Walker(client)
    walk.to_preview("Rahasia saya tentang loket.", anda={"secret": "on"})
    number = number_in(walk.press("send"))
    client.get("/keluar-cepat/")
    assert f"/l/{number}" in Page(client.get("/lacak/")).links
    assert f"/l/{number}" not in Page(Client().get("/lacak/")).links


def test_a_foreign_page_cannot_send_in_the_visitors_name(client: Client) -> None:
    response = client.post("/lapor/", {"text": STORY}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 404
    assert not Case.objects.exists()


def test_a_tampered_step_or_key_does_no_harm(client: Client) -> None:
    response = client.post(
        "/lapor/", {"step": "../x", "go": "to:nowhere", "key": "'; --", "text": STORY, "state": "closed"}
    )
    assert response.status_code == 200
    response = client.post(
        "/lapor/", {"step": "periksa", "go": "send", "text": STORY, "state": "closed", "holder": "x"}
    )
    assert Case.objects.get().state == "unverified"
    assert response.status_code == 200


@pytest.mark.parametrize("missing", ["", "   "])
def test_sending_an_empty_form_asks_for_the_story(client: Client, missing: str) -> None:
    response = client.post("/lapor/", {"step": "periksa", "go": "send", "text": missing})
    assert "Ceritanya belum diisi" in Page(response).text
    assert not Case.objects.exists()
