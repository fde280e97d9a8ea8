"""A satisfaction survey from its opening to the progress of its plan, by pages alone and without JavaScript."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanggap.common.clock import frozen
from tanggap.directory.selectors import agency_by_code
from tanggap.surveys.ikm import ELEMENTS
from tanggap.surveys.models import Answer, FollowUp, Service, Survey
from tanggap.surveys.selectors.recap import Year, recap_of
from tanggap.surveys.selectors.results import by_trait, skm_of
from tanggap.surveys.tests.filled import fill, opened, published, ratings
from tests.cast import DAY, Cast
from tests.journeys.console import sign_in

pytestmark = pytest.mark.django_db
FOURS = dict.fromkeys(ELEMENTS, "4")
PLAN = {
    "element": "u3",
    "action": "Menambah satu loket pada jam ramai",
    "owner": "Kepala bagian pelayanan",
    "due_on": "2027-02-01",
}


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with frozen(DAY):
        yield


def test_on_empty_tables_every_page_answers(db: Any, client: Client) -> None:
    for path in ("/survei/", "/survei/?tahun=1", "/survei/?tahun=%00", "/survei/?instansi=%00", "/survei/rekap.csv"):
        assert client.get(path).status_code == 200
    for path in ("/survei/tidakada/", "/survei/tidakada/u/x/", "/survei/tidakada/terima-kasih/"):
        assert client.get(path).status_code == 404


def test_a_survey_from_its_opening_to_its_plan(cast: Cast, client: Client) -> None:
    verifier = sign_in(cast, "verifier")
    made = verifier.post("/kerja/survei/", {"name": "Pembuatan KTP", "agency": "35.27/dinkes"})
    assert made.status_code == 302
    service = Service.objects.get()
    assert verifier.post("/kerja/survei/", {"name": " pembuatan  ktp", "agency": "35.27/dinkes"}).status_code == 422
    days = {"first": "2026-11-09", "last": "2026-12-09", "population": "6"}
    page = verifier.post(f"/kerja/survei/layanan/{service.pk}/", days)
    survey = Survey.objects.get()
    assert page.url == f"/kerja/survei/{survey.code}/"
    assert survey.sample == 6
    open_page = f"/survei/{survey.code}/"
    for _person in range(5):
        somebody = Client()
        assert "Sembilan pertanyaan" in somebody.get(open_page).content.decode()
        assert somebody.post(open_page, FOURS).url == f"/survei/{survey.code}/terima-kasih/"
    again = somebody.post(open_page, FOURS)
    assert again.status_code == 409
    assert "sudah dijawab dari perangkat ini" in again.content.decode()
    one = f"/kerja/survei/{survey.code}/"
    assert "100,00" not in verifier.get(one).content.decode(), "a moving mean would tell what the last person said"
    assert "Kurang 1 jawaban" in verifier.get(one).content.decode()
    assert client.get(open_page).content.decode().count("100,00") == 0
    early = verifier.client.post(f"{one}langkah/", {"langkah": "publish"}, follow=True)
    assert "tidak dapat dilakukan" in early.content.decode()
    verifier.post(f"{one}langkah/", {"langkah": "close"})
    assert "100,00" in verifier.get(one).content.decode()
    bare = verifier.client.post(f"{one}langkah/", {"langkah": "publish"}, follow=True)
    assert "tulis paling sedikit satu" in bare.content.decode()
    assert "100,00" not in client.get(open_page).content.decode()
    assert Client().post(open_page, FOURS).status_code == 200
    assert Answer.objects.count() == 5
    assert verifier.post(f"{one}rencana/", {**PLAN, "due_on": "2020-01-01"}).status_code == 422
    assert verifier.post(f"{one}rencana/", PLAN).status_code == 302
    verifier.post(f"{one}langkah/", {"langkah": "publish"})
    public = client.get(open_page).content.decode()
    assert all(words in public for words in ("100,00", "Sangat baik", "Menambah satu loket", "kemajuan 0 persen"))
    item = FollowUp.objects.get()
    verifier.post(f"/kerja/survei/rencana/{item.pk}/", {"progress": "101"})
    assert verifier.post(f"/kerja/survei/rencana/{item.pk}/", {"progress": "60", "note": "Loket dibangun"}).url == one
    public = client.get(open_page).content.decode()
    assert "kemajuan 60 persen" in public
    assert "Loket dibangun" in public
    lines = list(csv.DictReader(io.StringIO(client.get("/survei/rekap.csv?tahun=2026").content.decode())))
    assert lines == [
        {
            "code": "35.27", "name": agency_by_code("35.27").name, "services": "1", "services_surveyed": "1", "n": "5",
            "sample": "6", "sample_met": "0", "ikm": "100.00", "grade": "A",
        }
    ]  # fmt: skip
    recap = client.get("/survei/?tahun=2026&instansi=35.27").content.decode()
    assert open_page in recap
    assert "sampel belum terpenuhi" in recap


def test_what_was_chosen_is_kept_when_an_answer_is_missing(cast: Cast, client: Client) -> None:
    survey = opened(cast)
    client.get(f"/survei/{survey.code}/")
    chosen = {name: "2" for name in ELEMENTS if name != "u7"}
    page = client.post(f"/survei/{survey.code}/", {**chosen, "age": "from_45"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "Pertanyaan 7 belum dijawab" in text
    assert text.count("checked") == 8
    assert '<option value="from_45" selected>' in text
    assert not Answer.objects.exists()
    assert client.post(f"/survei/{survey.code}/", {**chosen, "u7": "1"}).status_code == 302


@pytest.mark.parametrize("rating", ["0", "5", "-1", "", "x", "4.0", "٤", "99999999999999999999"])
def test_a_rating_that_is_none_is_refused(cast: Cast, client: Client, rating: str) -> None:
    survey = opened(cast)
    client.get(f"/survei/{survey.code}/")
    assert client.post(f"/survei/{survey.code}/", {**FOURS, "u1": rating}).status_code == 422
    assert not Answer.objects.exists()


def test_a_browser_without_cookies_is_told_and_a_forged_one_is_not_believed(cast: Cast, client: Client) -> None:
    survey = opened(cast)
    assert "kuki" in Client().post(f"/survei/{survey.code}/", FOURS).content.decode()
    client.cookies["survei"] = "angka-karangan"
    assert client.post(f"/survei/{survey.code}/", FOURS).status_code == 409
    assert not Answer.objects.exists()


def test_links_are_downloaded_once_and_each_answers_once(cast: Cast) -> None:
    survey = opened(cast)
    verifier = sign_in(cast, "verifier")
    page = verifier.post(f"/kerja/survei/{survey.code}/tautan/", {"channel": "whatsapp", "number": "3"})
    rows = list(csv.DictReader(io.StringIO(page.content.decode())))
    assert len(rows) == 3
    assert rows[0]["whatsapp"].startswith("https://wa.me/?text=Bagaimana%20")
    path = "/survei/" + rows[0]["tautan"].split("/survei/")[1]
    assert Client().get(path).status_code == 200
    assert Client().post(path, FOURS).status_code == 302
    again = Client().post(path, FOURS)
    assert again.status_code == 409
    assert "sudah dipakai" in again.content.decode()
    assert again.content.decode().count("checked") == 9, "nothing typed is lost"
    for spent in (path, f"/survei/{survey.code}/u/tebakan/"):
        later = Client().get(spent)
        assert later.status_code == 410
        assert "hanya untuk satu jawaban" in later.content.decode()
        assert "<fieldset" not in later.content.decode()
    assert Answer.objects.count() == 1
    for wrong in ({"channel": "paper", "number": "1"}, {"channel": "page", "number": "501"}, {}):
        assert verifier.post(f"/kerja/survei/{survey.code}/tautan/", wrong).status_code == 422
    assert survey.links.count() == 3


def test_paper_is_entered_at_the_counter(cast: Cast) -> None:
    survey = opened(cast)
    counter = sign_in(cast, "health_officer")
    assert f"/kerja/survei/{survey.code}/kertas/" in counter.get("/kerja/survei/").content.decode()
    paper = f"/kerja/survei/{survey.code}/kertas/"
    assert counter.post(paper, {**FOURS, "sheet": "17"}).status_code == 302
    again = counter.post(paper, {**FOURS, "sheet": "17"})
    assert again.status_code == 422
    assert "sudah dimasukkan" in again.content.decode()
    assert counter.post(paper, FOURS).status_code == 422
    assert Answer.objects.get().channel == "paper"
    for name in ("poster", "formulir"):
        document = counter.get(f"/kerja/survei/{survey.code}/{name}.pdf")
        assert document.content.startswith(b"%PDF")


def test_others_find_no_such_rooms(cast: Cast) -> None:
    survey = opened(cast)
    one = f"/kerja/survei/{survey.code}/"
    before = Survey.objects.values().get()
    for name in ("officer", "outsider"):
        somebody = sign_in(cast, name)
        for path in (one, f"{one}kertas/", f"{one}poster.pdf", f"{one}formulir.pdf"):
            assert somebody.get(path).status_code == 404, (name, path)
        for path in (f"{one}langkah/", f"{one}tautan/", f"{one}rencana/"):
            assert somebody.post(path, {"langkah": "close", **PLAN}).status_code == 404
    for name in ("inspector", "leader", "evaluator", "ombudsman"):
        assert sign_in(cast, name).get("/kerja/survei/").status_code == 404
    at_counter = sign_in(cast, "health_officer")
    assert at_counter.get(one).status_code == 200
    assert "Tutup dan hitung" not in at_counter.get(one).content.decode()
    assert at_counter.post(f"{one}langkah/", {"langkah": "close"}).status_code == 404
    outsider = sign_in(cast, "outsider").post("/kerja/survei/", {"name": "X", "agency": "35.27/dinkes"})
    assert outsider.status_code == 422
    assert Survey.objects.values().get() == before
    assert Service.objects.count() == 1


def test_fewer_answers_than_may_be_shown_are_not_shown(cast: Cast, client: Client) -> None:
    survey = opened(cast)
    fill(survey, (1,), times=4)
    published(cast, survey)
    page = client.get(f"/survei/{survey.code}/").content.decode()
    assert "Terlalu sedikit jawaban" in page
    assert "25,00" not in page
    skm = skm_of(agency_by_code("35.27"), Year(2026))
    assert (skm.index, skm.n, skm.met, skm.grade) == (None, 4, False, "")


def test_the_index_of_an_agency_is_the_mean_of_its_services(cast: Cast) -> None:
    for name, rating, times in (("Satu", 4, 10), ("Dua", 2, 30)):
        survey = opened(cast, name, population=10)
        fill(survey, (rating,), times=times)
        published(cast, survey)
    fill(opened(cast, "Tiga"), (1,), times=50)
    skm = skm_of(agency_by_code("35.27"), Year(2026))
    assert (str(skm.index), skm.n, skm.sample, skm.met, skm.grade, skm.services) == ("75.00", 40, 20, True, "C", 2)
    assert skm_of(agency_by_code("35.27/dinkes"), Year(2026)) == skm
    elsewhere = opened(cast, "Empat", agency="35.02", by="outsider")
    fill(elsewhere, (4,), times=9)
    published(cast, elsewhere, by="outsider")
    with CaptureQueriesContext(connection) as asked:
        recap = recap_of(Year(2026))
    assert [line.body.code for line in recap.lines] == ["35.02", "35.27"]
    assert recap.lines[1].skm == skm
    assert len(asked) == 6, "as many for one body as for all"
    assert skm_of(agency_by_code("35.27"), Year(2025)).services == 0
    assert skm_of(agency_by_code("33.21"), Year(2026)).services == 0


def test_small_groups_of_those_who_answered_are_not_shown_nor_found_by_subtraction(cast: Cast) -> None:
    survey = opened(cast)
    Answer.objects.bulk_create(
        Answer(survey=survey, channel="qr", age=age, **ratings(3))
        for age, times in (("to_24", 3), ("25_to_44", 30), ("from_45", 9))
        for _n in range(times)
    )
    assert by_trait(survey, "age", fewest=5) == [("25_to_44", 30), ("from_45", None), ("to_24", None)]
    assert by_trait(survey, "sex", fewest=5) == [("", 42)]
    verifier, one = sign_in(cast, "verifier"), f"/kerja/survei/{survey.code}/"
    assert "25–44" not in verifier.get(one).content.decode(), "not while it moves"
    verifier.post(f"{one}langkah/", {"langkah": "close"})
    page = verifier.get(one).content.decode()
    assert "25–44 tahun: 30" in page
    assert "45 tahun atau lebih: –" in page


def test_more_answers_than_people_is_said_and_a_service_can_be_ended(cast: Cast, client: Client) -> None:
    survey = opened(cast, population=6)
    fill(survey, (4,), times=7)
    verifier, end = sign_in(cast, "verifier"), f"/kerja/survei/layanan/{survey.service_id}/akhiri/"
    verifier.post(end)
    assert Service.objects.get().ended_on is None, "its survey is still open"
    assert sign_in(cast, "outsider").post(end).status_code == 404
    published(cast, survey)
    assert "lebih banyak daripada orang yang dilayani" in client.get(f"/survei/{survey.code}/").content.decode()
    assert verifier.post(end).url == "/kerja/survei/"
    assert Service.objects.get().ended_on == DAY.date()
    one = f"/kerja/survei/layanan/{survey.service_id}/"
    assert "Layanan ini diakhiri" in verifier.get(one).content.decode()
    days = {"first": "2026-11-09", "last": "2026-12-09", "population": "6"}
    assert verifier.post(one, days).status_code == 422
    assert verifier.post(end).status_code == 302
    assert Survey.objects.count() == 1
