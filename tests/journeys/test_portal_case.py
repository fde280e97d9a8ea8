"""The page of a case over HTTP: what a stranger sees, what its reporter sees and does, what a refusal leaves alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tanggap.cases.models import Case, Message
from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.services.hold_case import hold_case
from tanggap.common.clock import frozen
from tanggap.ledger.models import Event
from tests.cast import DAY, Cast
from tests.journeys.portal_walk import Page, picture, read
from tests.paths import DONE, HOUR, bring, final, verify

pytestmark = pytest.mark.django_db
STORY = "Lampu jalan padam di depan rumah, telepon saya 0812-3456-7890."


@pytest.fixture(autouse=True)
def _same_week() -> Any:
    with frozen(DAY + 28 * HOUR):
        yield


class Reporter:
    """A browser that has opened a case with its secret code."""

    def __init__(self, client: Client, receipt: Any) -> None:
        self.client, self.number = client, receipt.case.tracking_id
        self.opened = client.post(f"/l/{self.number}/kode", {"code": receipt.secret_code})

    def page(self) -> Page:
        return read(self.client.get(f"/l/{self.number}"))

    def do(self, deed: str, **said: str) -> Page:
        return read(self.client.post(f"/l/{self.number}/{deed}", said, follow=True))


@pytest.fixture
def answered(submit: Callable[..., Any], cast: Cast) -> Any:
    """A receipt whose case has its final answer."""
    receipt = submit(text=STORY)
    verify(receipt.case, cast, "35.27/dpupr", DAY + HOUR)
    answer_case(tracking_id=receipt.case.tracking_id, draft=final(), actor=cast["officer"], now=DAY + 2 * HOUR)
    return receipt


def unchanged(case: Case) -> tuple[Any, ...]:
    """What a refusal must leave as it was."""
    return (
        Case.objects.filter(pk=case.pk).values().get(),
        Message.objects.filter(case=case).count(),
        Event.objects.filter(stream=case.stream).count(),
    )


def test_a_stranger_sees_a_public_case_with_personal_data_masked(client: Client, answered: Any) -> None:
    page = read(client.get(f"/l/{answered.case.tracking_id}"))
    assert "Lampu jalan padam" in page.text
    assert "nomor telepon" in page.text
    assert "0812" not in page.html
    assert DONE in page.text
    assert "Dinas Pekerjaan Umum" in page.text
    assert not [form for form in page.forms if form.action.endswith("/nilai")]


@pytest.mark.parametrize("given", [{}, {"secret": True}, {"about": ["35.27/dinkes"]}])
def test_an_unverified_or_secret_case_shows_state_clock_and_holder_only(
    client: Client, submit: Any, given: dict[str, Any]
) -> None:
    case = submit(text=STORY, title="Judul sangat pribadi", **given).case
    page = read(client.get(f"/l/{case.tracking_id}"))
    assert page.status == 200
    assert "Belum terverifikasi" in page.text
    assert "Verifikasi" in page.text
    assert "Kamis, 12 November 2026 pukul 23.59 WIB" in page.text
    assert "Dipegang Pemerintah Kabupaten Sampang" in page.text
    for hidden in ("Judul sangat pribadi", "depan rumah", "Dinas Kesehatan", "0812"):
        assert hidden not in page.html
    assert 'content="noindex"' in page.html


def test_an_unknown_number_is_not_found_in_plain_words(client: Client) -> None:
    for path in ("/l/0000-0000-0", "/l/apa-saja", "/l/%00", "/l/0000-0000-0/kode"):
        assert client.get(path).status_code in {404, 405}
    page = read(client.get("/l/0000-0000-0"))
    assert page.headings == ["Halaman ini tidak ada"]


def test_a_pressed_case_does_not_exist_for_strangers(client: Client, answered: Any) -> None:
    reporter = Reporter(Client(), answered)
    said = reporter.do("ditekan")
    assert "tidak terlihat oleh umum" in said.text
    number = answered.case.tracking_id
    assert client.get(f"/l/{number}").status_code == 404
    assert client.post(f"/l/{number}/ikut").status_code == 404
    assert read(client.get(f"/lacak/?nomor={number}", follow=True)).status == 404
    assert reporter.page().status == 200


def test_the_code_opens_the_case_and_nothing_else(client: Client, answered: Any, submit: Any) -> None:
    other = submit(text="Cerita lain yang rahasia sekali", secret=True).case
    reporter = Reporter(client, answered)
    assert reporter.opened.status_code == 302
    assert "0812-3456-7890" in reporter.page().text, "the reporter reads the own words unmasked"
    assert "Cerita lain" not in read(client.get(f"/l/{other.tracking_id}")).text
    reporter.do("tutup")
    assert "0812" not in reporter.page().html


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC", "x" * 400, "<script>", "\x00"])
def test_a_wrong_code_is_refused_in_words(client: Client, answered: Any, code: str) -> None:
    response = client.post(f"/l/{answered.case.tracking_id}/kode", {"code": code})
    assert response.status_code == 422
    assert not client.session.get("laporan_saya")


def test_codes_cannot_be_tried_for_ever(client: Client, answered: Any) -> None:
    for _ in range(10):
        client.post(f"/l/{answered.case.tracking_id}/kode", {"code": "AAAA-BBBB-CCCC"})
    response = client.post(f"/l/{answered.case.tracking_id}/kode", {"code": answered.secret_code})
    assert response.status_code == 429
    assert "Terlalu banyak percobaan" in read(response).text
    assert response.headers["Retry-After"]


def test_the_reporter_says_solved_and_the_case_closes(client: Client, answered: Any) -> None:
    page = Reporter(client, answered).do("nilai", result="yes", rating="5", words="")
    assert "Laporan ditutup sebagai selesai" in page.text
    case = Case.objects.get(pk=answered.case.pk)
    assert (case.state, case.outcome, case.rating) == ("closed", "confirmed", 5)


@pytest.mark.parametrize("rating", ["", "1", "4"])
def test_the_reporter_objects_and_the_case_opens_again(client: Client, answered: Any, rating: str) -> None:
    page = Reporter(client, answered).do("nilai", result="no", rating=rating, words="Masih gelap di tikungan.")
    assert "Keberatan Anda diterima" in page.text
    assert "Masih gelap di tikungan." in page.text
    case = Case.objects.get(pk=answered.case.pk)
    assert (case.state, case.objections) == ("in_progress", 1)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"result": "", "words": "Kata saya"}, "Pilih salah satu"),
        ({"result": "no", "words": " "}, "Tulis apa yang belum selesai"),
        ({"result": "yes", "rating": "1", "words": "Kata saya"}, "Nilai 1 atau 2 membuka laporan kembali"),
        ({"result": "maybe", "rating": "9", "words": "Kata saya"}, "Pilihan"),
    ],
)
def test_a_half_verdict_changes_nothing_and_keeps_the_words(
    client: Client, answered: Any, said: dict[str, str], sentence: str
) -> None:
    reporter = Reporter(client, answered)
    before = unchanged(answered.case)
    page = reporter.do("nilai", **said)
    assert page.status == 422
    assert sentence in page.text or "perlu diperbaiki" in page.text
    form = page.form(f"/l/{reporter.number}/nilai")
    assert form.fields["words"].strip() == said["words"].strip()
    assert unchanged(answered.case) == before


def test_a_reply_restarts_the_window(client: Client, answered: Any) -> None:
    before = Case.objects.get(pk=answered.case.pk).window_ends_at
    page = Reporter(client, answered).do("balas", reply="Terima kasih, satu lampu lagi?\n\n<b>tebal</b>")
    assert "Balasan Anda terkirim" in page.text
    assert "&lt;b&gt;tebal" in page.html
    after = Case.objects.get(pk=answered.case.pk).window_ends_at
    assert isinstance(after, datetime)
    assert isinstance(before, datetime)
    assert after > before


def test_the_completion_asked_for_brings_the_case_back(client: Client, submit: Any, cast: Cast) -> None:
    receipt = submit()
    verify(receipt.case, cast, "35.27/dpupr", DAY + HOUR)
    hold_case(
        tracking_id=receipt.case.tracking_id, question="Di nomor berapa?", actor=cast["officer"], now=DAY + 2 * HOUR
    )
    reporter = Reporter(client, receipt)
    assert "Di nomor berapa?" in reporter.page().text
    reporter.do("balas", reply="Nomor 12.")
    assert Case.objects.get(pk=receipt.case.pk).state == "forwarded"


def test_a_reply_may_carry_a_photo_and_keeps_it_when_the_words_are_missing(client: Client, answered: Any) -> None:
    reporter = Reporter(client, answered)
    key = reporter.page().form(f"/l/{reporter.number}/balas").fields["key"]
    page = read(client.post(f"/l/{reporter.number}/balas", {"reply": " ", "key": key, "attachments": [picture()]}))
    assert page.status == 422
    assert "jalan" in page.text
    assert page.form(f"/l/{reporter.number}/balas").fields["key"] == key
    page = reporter.do("balas", reply="Ini fotonya.", key=key)
    address = next(link for link in page.links if "/berkas/" in link)
    shown = client.get(address)
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    assert Client().get(address).status_code == 404, "not for everybody until an officer has looked"


def test_a_refused_file_keeps_the_words_of_the_reply(client: Client, answered: Any) -> None:
    reporter = Reporter(client, answered)
    key = reporter.page().form(f"/l/{reporter.number}/balas").fields["key"]
    bad = io.BytesIO(b"MZ" + b"\0" * 200)
    bad.name = "a.exe"
    said = {"reply": "Kata saya", "key": key, "attachments": [bad]}
    page = read(client.post(f"/l/{reporter.number}/balas", said))
    assert page.status == 422
    assert "Jenis berkas ini tidak diterima" in page.text
    assert page.form(f"/l/{reporter.number}/balas").fields["reply"] == "Kata saya"
    assert not Message.objects.filter(case=answered.case, kind="reply").exists()


def test_an_empty_reply_is_asked_for_again(client: Client, answered: Any) -> None:
    page = Reporter(client, answered).do("balas", reply="  ")
    assert page.status == 422
    assert "Bagian ini belum diisi" in page.text


def test_a_stale_form_says_so_and_gives_the_words_back(client: Client, answered: Any) -> None:
    reporter = Reporter(client, answered)
    reporter.do("nilai", result="yes", rating="", words="")
    before = unchanged(answered.case)
    page = reporter.do("nilai", result="yes", rating="", words="Kata yang saya tulis lama")
    assert page.status == 409
    assert "sudah berubah" in page.text
    assert "Kata yang saya tulis lama" in page.text
    assert unchanged(answered.case) == before


@pytest.mark.parametrize("deed", ["balas", "nilai", "keberatan", "puas", "tarik", "ditekan", "rahasiakan"])
def test_a_stranger_can_do_none_of_the_reporters_deeds(client: Client, answered: Any, deed: str) -> None:
    before = unchanged(answered.case)
    said = {"reply": "Saya orang lain", "result": "yes", "objection": "x", "rating": "5"}
    response = client.post(f"/l/{answered.case.tracking_id}/{deed}", said)
    assert response.status_code == 403
    assert "kode rahasia" in read(response).text
    assert unchanged(answered.case) == before


def test_an_unknown_deed_is_not_found(client: Client, answered: Any) -> None:
    assert client.post(f"/l/{answered.case.tracking_id}/hapus").status_code == 404
    assert client.get(f"/l/{answered.case.tracking_id}/balas").status_code == 405


def test_the_reporter_withdraws(client: Client, submit: Any) -> None:
    receipt = submit()
    page = Reporter(client, receipt).do("tarik")
    assert "ditarik" in page.text
    assert Case.objects.get(pk=receipt.case.pk).archive_reason == "withdrawn"


def test_an_objection_after_archiving_opens_the_case(client: Client, submit: Any) -> None:
    receipt = submit()
    reporter = Reporter(client, receipt)
    reporter.do("tarik")
    page = reporter.do("keberatan", objection="Saya salah pencet, tolong dibuka lagi.")
    assert "Keberatan Anda diterima" in page.text
    assert Case.objects.get(pk=receipt.case.pk).state == "in_progress"


def test_a_closed_case_is_rated_afterwards(client: Client, answered: Any) -> None:
    reporter = Reporter(client, answered)
    reporter.do("nilai", result="yes", rating="", words="")
    assert reporter.do("puas", rating="").status == 422
    reporter.do("puas", rating="4")
    assert Case.objects.get(pk=answered.case.pk).rating == 4


def test_the_reporter_makes_it_secret(client: Client, answered: Any) -> None:
    Reporter(Client(), answered).do("rahasiakan")
    assert DONE not in read(client.get(f"/l/{answered.case.tracking_id}")).text


def test_me_too_counts_a_browser_once(client: Client, answered: Any) -> None:
    path = f"/l/{answered.case.tracking_id}/ikut"
    first, second = (read(client.post(path, follow=True)) for _ in range(2))
    assert "Tercatat: Anda juga mengalami" in first.text
    assert "sudah tercatat" in second.text
    Client().post(path)
    assert Case.objects.get(pk=answered.case.pk).endorsements == 2


def test_every_deed_needs_the_pages_token(answered: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(f"/l/{answered.case.tracking_id}/balas", {"reply": "Tulisan panjang yang jangan hilang"})
    assert response.status_code == 403
    page = read(response)
    assert "Halaman terbuka terlalu lama" in page.text
    assert "Tulisan panjang yang jangan hilang" in page.text, "what was typed can be copied"


@pytest.mark.parametrize("spelling", ["{0}/", "{1}", "{2}"])
def test_a_number_written_otherwise_leads_to_the_one_address(client: Client, answered: Any, spelling: str) -> None:
    number = answered.case.tracking_id
    written = spelling.format(number, number.lower(), number.replace("-", ""))
    response = client.get(f"/l/{written}")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/l/{number}"


def test_the_tracking_box_finds_numbers_and_aliases(client: Client, answered: Any) -> None:
    number = answered.case.tracking_id
    answered.case.aliases.create(value="2007157")
    for written in (number, number.lower().replace("-", ""), f" {number} ", "#2007157", "2007157"):
        response = client.get("/lacak/", {"nomor": written})
        assert response.headers.get("Location") == f"/l/{number}", written
    page = read(client.get("/lacak/", {"nomor": "bukan nomor"}))
    assert page.status == 404
    assert "salah ketik" in page.text
    assert read(client.get("/lacak/")).status == 200


def test_the_qr_code_says_nothing_about_what_exists(client: Client, answered: Any) -> None:
    response = client.get(f"/l/{answered.case.tracking_id}/qr.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert client.get("/l/salah/qr.svg").status_code == 404


def test_the_quick_exit_forgets_and_leaves(client: Client, answered: Any) -> None:
    reporter = Reporter(client, answered)
    response = client.get("/keluar-cepat/")
    assert response.headers["Location"].startswith("https://www.bmkg.go.id")
    assert "0812" not in reporter.page().html


def test_a_case_page_is_never_kept_by_a_browser(client: Client, answered: Any) -> None:
    assert "no-store" in client.get(f"/l/{answered.case.tracking_id}").headers["Cache-Control"]


@pytest.mark.parametrize(
    "state", ["unverified", "on_hold", "forwarded", "in_progress", "answered", "closed", "archived"]
)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_state_has_its_page_in_both_languages(
    client: Client, submit: Any, cast: Cast, state: str, lang: str
) -> None:
    case = bring(state, submit, cast)
    page = read(client.get(f"/l/{case.tracking_id}?lang={lang}"))
    assert page.status == 200
    assert f'lang="{lang}"' in page.html
    assert f'data-state="{case.state}"' in page.html
    assert len(page.headings) == 1
