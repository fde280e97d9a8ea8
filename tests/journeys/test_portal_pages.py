"""The other citizens' pages: with and without cases, in both languages, whatever stands in the address."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tanggap.common.clock import frozen, now
from tanggap.directory.models import Brand
from tanggap.evaluation.services.fold_everything import fold_everything
from tests.cast import DAY, Cast
from tests.journeys.portal_walk import read
from tests.paths import HOUR, bring

pytestmark = pytest.mark.django_db
PLAIN = ["/", "/lapor/", "/lacak/", "/laporan/", "/instansi/", "/instansi/35.27/", "/instansi/35.27/dinkes/",
         "/hak/", "/privasi/", "/akses/", "/kanal/"]  # fmt: skip
STRICT = ("default-src 'none'", "script-src 'self'", "style-src 'self'")


@pytest.fixture(autouse=True)
def _clear_figures() -> Any:
    from django.core.cache import cache

    cache.clear()
    with frozen(DAY + 28 * HOUR):
        yield


@pytest.mark.parametrize("path", PLAIN)
@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_page_answers_on_empty_tables_in_both_languages(client: Client, path: str, lang: str) -> None:
    response = client.get(path, {"lang": lang})
    page = read(response)
    assert page.status == 200
    assert f'<html lang="{lang}">' in page.html
    assert len(page.headings) >= 1
    assert response.headers["Content-Language"] == lang
    assert all(rule in response.headers["Content-Security-Policy"] for rule in STRICT)
    assert " style=" not in page.html


def test_the_language_is_remembered_and_the_browsers_own_is_not_asked(client: Client) -> None:
    assert 'lang="id"' in client.get("/", headers={"Accept-Language": "en"}).content.decode()
    client.get("/?lang=en")
    assert '<html lang="en">' in client.get("/hak/").content.decode()
    client.get("/?lang=xx")
    assert '<html lang="en">' in client.get("/hak/").content.decode()


@pytest.mark.parametrize("path", PLAIN)
def test_the_first_view_is_small(client: Client, path: str) -> None:
    assets = 0
    for name in ("tokens.css", "tanggap.css", "tanggap.js", "icon.svg"):
        found = finders.find(f"tanggap/{name}")
        assert isinstance(found, str)
        with open(found, "rb") as file:
            assets += len(gzip.compress(file.read()))
    whole = assets + len(client.get(path, headers={"accept-encoding": "gzip"}).content)
    assert whole <= 60_000, f"{path} weighs {whole} bytes"


def test_the_home_page_tells_the_clocks_and_honest_figures(client: Client, submit: Any, cast: Cast) -> None:
    for state in ("closed", "answered", "unverified", "forwarded"):
        bring(state, submit, cast)
    page = read(client.get("/"))
    for words in ("3 hari kerja", "5 hari kerja", "14 hari kerja", "10 hari kerja", "25,0%", "50,0%"):
        assert words in page.text
    assert "Lampu jalan padam" in page.text, "what was solved"


def test_the_home_page_shows_nothing_secret(client: Client, submit: Any, cast: Cast) -> None:
    bring("closed", submit, cast, secret=True)
    assert "Lampu jalan padam" not in read(client.get("/")).text


def test_the_public_list_is_searched_and_filtered(client: Client, submit: Any, cast: Cast) -> None:
    bring("closed", submit, cast)
    bring("in_progress", submit, cast, secret=True)
    hidden = bring("unverified", submit, cast)
    every = read(client.get("/laporan/"))
    assert every.html.count('class="flow"><h2><a href="/l/') == 1
    assert hidden.tracking_id not in every.html
    assert "Lampu jalan padam" in read(client.get("/laporan/", {"q": "lampu", "keadaan": "closed"})).text
    none = read(client.get("/laporan/", {"q": "beruang kutub"}))
    assert "Tidak ada laporan yang cocok" in none.text
    assert "Lampu" in read(client.get("/laporan/", {"instansi": "35.27"})).text
    assert "Lampu" not in read(client.get("/laporan/", {"instansi": "35.02"})).text


@pytest.mark.parametrize(
    "query",
    [
        {"keadaan": "x" * 500, "jenis": "\x00", "wilayah": "'", "cursor": "bukan kursor", "sejak": "2026-99-99"},
        {"q": "'; DROP TABLE --", "instansi": "../..", "sampai": "kemarin"},
        {"q": '"(&|!', "cursor": "e30"},
        {"q": "\x00", "wilayah": "\x00", "instansi": "\x00"},
    ],
)
def test_bad_input_in_the_address_is_never_an_error_page(client: Client, query: dict[str, str]) -> None:
    assert client.get("/laporan/", query).status_code == 200
    assert client.get("/instansi/", query).status_code == 200


def test_the_list_goes_on_by_cursor_in_a_stable_order(client: Client, submit: Any, cast: Cast) -> None:
    from tanggap.cases.models import Case

    for hour in range(23):
        case = bring("in_progress", submit, cast)
        Case.objects.filter(pk=case.pk).update(title=f"Lampu {hour:02d}", received_at=DAY - timedelta(hours=hour))
    first = read(client.get("/laporan/"))
    following = next(link for link in first.links if "cursor=" in link)
    second = read(client.get(f"/laporan/{following}"))
    assert "Lampu 19" in first.text
    assert "Lampu 20" not in first.text
    assert "Lampu 20" in second.text
    assert "Lampu 19" not in second.text
    back = next(link for link in second.links if "cursor=" in link)
    assert "Lampu 00" in read(client.get(f"/laporan/{back}")).text


def test_an_agency_is_found_and_shows_its_own_cases(client: Client, submit: Any, cast: Cast) -> None:
    bring("closed", submit, cast)
    found = read(client.get("/instansi/", {"q": "kesehatan sampang"}))
    assert "/instansi/35.27/dinkes/" in found.links
    assert "Lampu jalan padam" in read(client.get("/instansi/35.27/")).text
    assert "Lampu jalan padam" in read(client.get("/instansi/35.27/dpupr/")).text
    assert "Lampu jalan padam" not in read(client.get("/instansi/35.27/dinkes/")).text
    assert client.get("/instansi/99.99/").status_code == 404
    assert client.get("/instansi/ID/").status_code == 404


def test_an_agencys_figures_do_not_betray_a_secret_case(client: Client, submit: Any, cast: Cast) -> None:
    bring("in_progress", submit, cast)
    bring("in_progress", submit, cast, secret=True)
    fold_everything(now=now())
    assert "1 laporan masuk" in read(client.get("/instansi/35.27/dpupr/")).text


def test_a_list_asks_the_database_few_questions(
    client: Client, submit: Any, cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _ in range(5):
        bring("in_progress", submit, cast)
    with django_assert_max_num_queries(10):
        client.get("/laporan/")


def test_a_brand_changes_name_and_colour_and_no_template(client: Client) -> None:
    Brand.objects.create(slug="hallo", name="Hallo Demak", line="Lapor, Bupati", colour="#0a6450", host="testserver")
    page = read(client.get("/"))
    assert "Hallo Demak" in page.text
    css = client.get("/merek/hallo.css")
    assert css.content == b":root { --brand: #0a6450 }\n"
    assert client.get("/merek/tidakada.css").status_code == 404


def test_an_address_that_is_not_there_says_so_and_leads_home(client: Client) -> None:
    page = read(client.get("/tidak/ada/apa-apa"))
    assert page.status == 404
    assert page.headings == ["Halaman ini tidak ada"]
    assert "/" in page.links
