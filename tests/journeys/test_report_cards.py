"""Report cards and statistics as everybody reads them: page, PDF, CSV and JSON, to the digit, whatever is asked."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tanggap.cases.services.raise_confidentiality import raise_confidentiality
from tanggap.cases.tests.past_files import run, write_file
from tanggap.common.clock import frozen, now
from tanggap.evaluation.services.fold_everything import fold_everything
from tanggap.evaluation.tests.test_published import ponorogo_2022, sampang_2024
from tests.cast import DAY, Cast
from tests.journeys.portal_walk import read
from tests.packages import program
from tests.paths import HOUR, bring

pytestmark = pytest.mark.django_db
PAGES = ["/statistik/", "/statistik/?wilayah=35", "/statistik/?wilayah=35.27&periode=2024", "/statistik/definisi/",
         "/instansi/35.27/?periode=2024", "/instansi/35.27/dpupr/?periode=2024-S1",
         "/instansi/35.27/laporan/selesai?periode=2024", "/statistik/laporan/masuk",
         "/statistik/laporan/terlambat?wilayah=35.27&periode=2024"]  # fmt: skip


@pytest.fixture(autouse=True)
def _clear() -> Any:
    cache.clear()
    with frozen(DAY + 28 * HOUR):
        yield
    cache.clear()


@pytest.fixture
def imported(tmp_path: Any, capsys: Any) -> Any:
    def made(lines: Any, *arguments: str) -> None:
        code, summary = run(write_file(tmp_path / "lama.csv", lines), capsys, *arguments)
        assert (code, summary["imported"]) == (0, len(lines))
        fold_everything(now=now())

    return made


def text_of(pdf: bytes) -> str:
    command = [program("pdftotext", "poppler-utils"), "-layout", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=200).stdout.decode()


def rows_of(content: bytes) -> dict[tuple[str, str], str]:
    return {(row["figure"], row["key"]): row["value"] for row in csv.DictReader(io.StringIO(content.decode()))}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_page_answers_on_empty_tables_in_both_languages(client: Client, path: str, lang: str) -> None:
    page = read(client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}"))
    assert page.status == 200
    assert f'<html lang="{lang}">' in page.html
    assert " style=" not in page.html


@pytest.mark.parametrize("path", ["/statistik/", "/statistik/?wilayah=35", "/instansi/35.27/?periode=2024"])
def test_the_first_view_is_small_with_its_map(client: Client, path: str) -> None:
    assets = 0
    for name in ("tokens.css", "tanggap.css", "tanggap.js", "icon.svg"):
        found = finders.find(f"tanggap/{name}")
        assert isinstance(found, str)
        with open(found, "rb") as file:
            assets += len(gzip.compress(file.read()))
    answer = client.get(path, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    most = 120_000 if b'class="map"' in gzip.decompress(answer.content) else 60_000
    assert assets + len(answer.content) <= most


def test_sampang_2024_is_the_same_on_page_csv_and_json(client: Client, imported: Any) -> None:
    imported(sampang_2024())
    page = read(client.get("/instansi/35.27/", {"periode": "2024"}))
    for words in (
        "41 laporan masuk",
        "68,3% selesai",
        "28 dari 41: selesai ÷ semua; rentang 53,0–80,4%",
        "75,6% selesai atau diproses",
        "31 dari 41: (selesai + proses) ÷ semua",
        "2024: dari 41 laporan, 28 selesai",
        "Waktu sampai jawaban pertama, hari kalender, rata-rata 15,6 hari",
    ):
        assert words in page.text, words
    for label, number, share in (
        ("Selesai", 28, "68,3%"),
        ("Dalam proses", 3, "7,3%"),
        ("Belum ditindaklanjuti", 9, "22,0%"),
        ("Belum terverifikasi", 1, "2,4%"),
    ):
        assert f"{label} {number} · {share}" in page.text, label
    rows = rows_of(client.get("/instansi/35.27/rapor.csv", {"periode": "2024"}).content)
    card = json.loads(client.get("/instansi/35.27/rapor.json", {"periode": "2024"}).content)
    assert (rows["total", ""], card["total"]) == ("41", 41)
    states = {"closed": 28, "in_progress": 3, "forwarded": 9, "unverified": 1}
    for state, number in states.items():
        assert (rows["by_state", state], card["by_state"][state]) == (str(number), number)
    assert float(rows["completion", "closed_over_total"]) == card["completion"]["closed_over_total"] == 28 / 41
    assert card["completion"]["closed_and_in_progress_over_total"] == 31 / 41
    assert card["first_answer_calendar_days"]["mean"] == pytest.approx(15.6, abs=1e-9)
    assert float(rows["first_answer_calendar_days", "mean"]) == pytest.approx(15.6, abs=1e-9)


def test_ponorogo_2022_is_the_same_on_page_csv_and_json(client: Client, imported: Any) -> None:
    imported(ponorogo_2022(), "--agency", "35.02")
    page = read(client.get("/instansi/35.02/", {"periode": "2022"}))
    for words in (
        "52 laporan masuk",
        "50 dari 52: selesai ÷ semua",
        "web 46 · 88,5%",
        "aplikasi 5 · 9,6%",
        "SMS 1 · 1,9%",
        "Pengaduan berkadar pengawasan 3 · 5,8%",
        "Diarsipkan 2 · 3,8%",
        "21 · 40,4%",
        "Selesai dari yang tidak diarsipkan 100,0%",
    ):
        assert words in page.text, words
    rows = rows_of(client.get("/instansi/35.02/rapor.csv", {"periode": "2022"}).content)
    card = json.loads(client.get("/instansi/35.02/rapor.json", {"periode": "2022"}).content)
    assert card["by_channel"] == {"web": 46, "app": 5, "sms": 1}
    assert [rows["by_channel", name] for name in ("web", "app", "sms")] == ["46", "5", "1"]
    assert (card["by_state"]["closed"], card["by_state"]["archived"]) == (50, 2)
    assert (rows["by_state", "closed"], rows["by_state", "archived"]) == ("50", "2")
    assert card["by_classification"]["supervisory_complaint"] == 3
    assert rows["by_district", "35.02.17"] == "21"


@pytest.mark.parametrize(
    ("lines", "arguments", "code", "year", "words"),
    [
        (sampang_2024, (), "35.27", "2024", ["41", "28 · 68,3%", "3 · 7,3%", "9 · 22,0%", "1 · 2,4%", "15,6 hari"]),
        (ponorogo_2022, ("--agency", "35.02"), "35.02", "2022",
         ["52", "46 · 88,5%", "5 · 9,6%", "1 · 1,9%", "3 · 5,8%", "50 · 96,2%", "2 · 3,8%", "21 · 40,4%"]),
    ],
)  # fmt: skip
def test_the_paper_says_the_same_digits(
    client: Client, imported: Any, lines: Any, arguments: Any, code: str, year: str, words: list[str]
) -> None:
    imported(lines(), *arguments)
    answer = client.get(f"/instansi/{code}/rapor.pdf", {"periode": year})
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(text_of(answer.content).split())
    for one in words:
        assert one in text, one


@pytest.mark.parametrize(
    "query",
    [
        {"periode": "2024-13"},
        {"periode": "kemarin'; DROP TABLE --"},
        {"periode": "\x00" * 40},
        {"periode": "<script>alert(1)</script>"},
        {"periode": "2099-Q4"},
        {"periode": "1900"},
        {"wilayah": "99"},
        {"wilayah": "../.."},
        {"wilayah": "\x00", "periode": "2024"},
        {"wilayah": "<b>", "cursor": "bukan"},
    ],
)
def test_bad_input_in_the_address_is_never_an_error_page(client: Client, query: dict[str, str]) -> None:
    for path in ("/statistik/", "/instansi/35.27/", "/instansi/35.27/laporan/masuk", "/instansi/35.27/rapor.json",
                 "/statistik/laporan/selesai",
                 "/statistik/grafik/peta.csv", "/instansi/35.27/grafik/tren.csv"):  # fmt: skip
        answer = client.get(path, query)
        assert answer.status_code == 200, path
        assert b"<script>alert" not in answer.content
        assert b"<b>" not in answer.content or path == "/statistik/", path


def test_what_was_not_understood_is_said(client: Client) -> None:
    assert "Masa “kemarin” tidak terbaca" in read(client.get("/instansi/35.27/", {"periode": "kemarin"})).text
    text = read(client.get("/statistik/", {"periode": "2024-Q9", "wilayah": "99.99"})).text
    assert "Masa “2024-Q9” tidak terbaca" in text
    assert "Wilayah “99.99” tidak dikenal" in text


@pytest.mark.parametrize("path", ["/instansi/35.27/rapor.xml", "/instansi/99.99/rapor.pdf", "/instansi/ID/rapor.csv",
                                  "/instansi/35.27/grafik/tidak-ada.csv", "/statistik/grafik/tidak-ada.csv",
                                  "/instansi/35.27/laporan/tidak-ada",
                                  "/statistik/laporan/tidak-ada", "/instansi/ID/laporan/masuk"])  # fmt: skip
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_every_chart_on_a_page_has_its_csv(client: Client, imported: Any) -> None:
    imported(sampang_2024())
    for path in ("/instansi/35.27/?periode=2024", "/statistik/?periode=2024", "/statistik/?wilayah=35&periode=2024"):
        links = [link for link in read(client.get(path)).links if ".csv" in link and "grafik" in link]
        assert len(links) >= 8
        for link in links:
            answer = client.get(link.replace("&amp;", "&"))
            assert answer.status_code == 200, link
            assert answer["Content-Type"] == "text/csv; charset=utf-8"
            assert list(csv.reader(io.StringIO(answer.content.decode()))), link


def test_behind_a_figure_stand_public_cases_and_the_rest_is_a_number(client: Client, submit: Any, cast: Cast) -> None:
    bring("in_progress", submit, cast)
    secret = bring("in_progress", submit, cast, secret=True)
    anonymous = bring("in_progress", submit, cast, anonymous=True)
    fold_everything(now=now())
    page = read(client.get("/instansi/35.27/laporan/masuk"))
    assert "Laporan masuk: 3" in page.text
    assert page.html.count('href="/l/') == 1
    assert "2 laporan lain ikut dihitung" in page.text
    for hidden in (secret, anonymous):
        assert hidden.tracking_id not in page.html
    whole = read(client.get("/statistik/laporan/masuk"))
    assert "Laporan masuk: 3" in whole.text
    assert whole.html.count('href="/l/') == 1
    unit = read(client.get("/instansi/35.27/dpupr/laporan/masuk"))
    assert "Laporan masuk: 2" in unit.text
    assert "1 laporan lain" in unit.text


def test_a_units_page_and_downloads_do_not_betray_a_secret_case(client: Client, submit: Any, cast: Cast) -> None:
    bring("in_progress", submit, cast)
    bring("in_progress", submit, cast, secret=True)
    bring("forwarded", submit, cast, unit="35.27/dinkes", secret=True)
    fold_everything(now=now())
    page = read(client.get("/instansi/35.27/dpupr/"))
    assert "1 laporan masuk" in page.text
    assert json.loads(client.get("/instansi/35.27/dpupr/rapor.json").content)["total"] == 1
    assert json.loads(client.get("/instansi/35.27/dinkes/rapor.json").content)["total"] == 0
    trend = client.get("/instansi/35.27/dpupr/grafik/tren.csv").content.decode().splitlines()
    assert trend[-1].split(",")[1] == "1"
    body = read(client.get("/instansi/35.27/"))
    assert "3 laporan masuk" in body.text
    assert "Dinas Kesehatan 1" not in body.text


def test_what_is_drawn_on_a_page_follows_its_figures(client: Client, submit: Any, cast: Cast) -> None:
    bring("in_progress", submit, cast)
    fold_everything(now=now())
    with CaptureQueriesContext(connection) as drawing:
        first = read(client.get("/instansi/35.27/"))
    with CaptureQueriesContext(connection) as kept:
        again = read(client.get("/instansi/35.27/"))
    assert again.html == first.html
    assert len(kept) < len(drawing)
    assert "Dinas Kesehatan 1 laporan" not in first.text
    bring("forwarded", submit, cast, unit="35.27/dinkes")
    after = read(client.get("/instansi/35.27/"))
    assert "Dinas Kesehatan 1 laporan" not in after.text
    fold_everything(now=now())
    after = read(client.get("/instansi/35.27/"))
    assert "Dinas Kesehatan 1 laporan" in after.text


def test_a_case_that_became_secret_leaves_what_was_drawn_before(client: Client, submit: Any, cast: Cast) -> None:
    bring("forwarded", submit, cast, unit="35.27/dinkes")
    hidden = bring("forwarded", submit, cast, unit="35.27/dinkes")
    fold_everything(now=now())
    assert "Dinas Kesehatan 2 laporan" in read(client.get("/instansi/35.27/")).text
    raise_confidentiality(tracking_id=hidden.tracking_id, actor=cast["national_admin"], now=now(), secret=True)
    client.get("/instansi/35.27/")
    fold_everything(now=now())
    assert "Dinas Kesehatan 1 laporan" in read(client.get("/instansi/35.27/")).text


def test_the_definitions_page_has_every_definition(client: Client) -> None:
    from tanggap.evaluation.definitions import DEFINITIONS

    text = read(client.get("/statistik/definisi/")).text
    for one in DEFINITIONS:
        assert str(one.name) in text
        assert one.key in text


def test_downloads_tell_what_the_card_is_compared_with(client: Client, imported: Any) -> None:
    imported(sampang_2024())
    card = json.loads(client.get("/instansi/35.27/rapor.json", {"periode": "2024-S2"}).content)
    assert (card["total"], card["compared"]["previous"]["total"], card["compared"]["national"]["total"]) == (18, 23, 18)
    assert card["compared"]["peers"]["group"] == "regency"
    assert (
        card["compared"]["peers"]["median"]["completion.closed_over_total"] == card["completion"]["closed_over_total"]
    )
    lines = client.get("/instansi/35.27/rapor.csv", {"periode": "2024-S2"}).content.decode().splitlines()
    assert lines[0] == "figure,key,value,previous,peers_median,national"
    assert "total,,18,23,18,18" in lines
    unit = json.loads(client.get("/instansi/35.27/dinkes/rapor.json", {"periode": "2024"}).content)
    assert (unit["guarded_counted"], unit["compared"]["peers"]) == (False, None)


def test_a_page_asks_the_database_few_questions(
    client: Client, imported: Any, django_assert_max_num_queries: Any
) -> None:
    imported(sampang_2024())
    for path, most in (("/instansi/35.27/?periode=2024", 40), ("/statistik/?periode=2024", 40)):
        cache.clear()
        with django_assert_max_num_queries(most):
            client.get(path)


def test_a_lone_case_of_a_topic_or_place_is_not_told_by_itself(client: Client, imported: Any) -> None:
    lines = [
        {**line, "region_code": "35.27.03" if number < 36 else "35.27.0" + str(number - 31),
         "category": "PUPR-01" if number else "KESEHATAN-01"}
        for number, line in enumerate(sampang_2024())
    ]  # fmt: skip
    lines[40]["region_code"] = ""
    imported(lines)
    query = {"periode": "2024"}
    card = json.loads(client.get("/instansi/35.27/rapor.json", query).content)
    assert card["by_district"] == {"35.27.03": 36, "none": 1, "other": 4}
    assert set(card["by_category"]) == {"PUPR-01", "other"}
    rows = rows_of(client.get("/instansi/35.27/rapor.csv", query).content)
    assert (rows["by_district", "other"], "35.27.05" in str(rows)) == ("4", False)
    for address, other in (
        ("/instansi/35.27/grafik/kecamatan.csv", "lainnya,4"),
        ("/instansi/35.27/grafik/topik.csv", "lainnya,1"),
        ("/statistik/grafik/kecamatan.csv?wilayah=35.27&periode=2024", "lainnya,4"),
    ):
        content = client.get(address, None if "?" in address else query).content.decode()
        assert content.splitlines()[-1] == other
    village = read(client.get("/statistik/", {"wilayah": "35.27.05", "periode": "2024"}))
    assert "Wilayah “35.27.05” tidak dikenal" in village.text


def test_a_unit_with_too_few_cases_is_not_judged(client: Client, imported: Any) -> None:
    imported([{**line, "agency_code": "35.27/dpupr" if number < 30 else "35.27/dinkes"}
              for number, line in enumerate(sampang_2024())])  # fmt: skip
    page = read(client.get("/instansi/35.27/", {"periode": "2024"}))
    assert page.html.count('class="ci"') == 1
    assert "30 laporan 93,3%" in page.text
    assert "11 laporan di bawah 30 laporan, tidak dinilai" in page.text


def test_behind_a_place_stand_the_cases_that_happened_there(client: Client, imported: Any) -> None:
    imported(
        [
            {**line, "region_code": "35.27.03" if number % 2 else "35.02.17"}
            for number, line in enumerate(sampang_2024())
        ]
    )
    page = read(client.get("/statistik/", {"periode": "2024", "wilayah": "35.02"}))
    assert "21 laporan masuk" in page.text
    link = next(link for link in page.links if link.startswith("/statistik/laporan/masuk"))
    assert "Laporan masuk: 21" in read(client.get(link)).text
    assert "Laporan masuk: 41" in read(client.get("/statistik/laporan/masuk?periode=2024&wilayah=35")).text
