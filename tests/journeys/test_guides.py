"""Officers read a guide of their own role, and every page of the console leads to the section that explains it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import get_resolver

from tanggap.accounts.roles import Role
from tanggap.common.clock import frozen
from tanggap.common.guide import SLUGS, guide
from tanggap.console.help import READS, SECTIONS, sections_of
from tests.cast import DAY, POSTS
from tests.journeys.console import sign_in
from tests.safety.routes import all_routes

pytestmark = pytest.mark.django_db
ANCHORS = {anchor for slug in SLUGS for anchor, _heading in guide(slug, "id").sections}


@pytest.fixture(autouse=True)
def _monday():
    with frozen(DAY + timedelta(hours=4)):
        yield


@pytest.mark.parametrize("name", POSTS)
def test_every_role_begins_with_its_own_guide(cast, name) -> None:
    officer = sign_in(cast, name)
    first = officer.get("/kerja/panduan/").headers["Location"]
    assert first == f"/kerja/panduan/{READS[POSTS[name][0]][0]}/"
    assert "<h2 id=" in officer.get(first).content.decode()
    assert officer.get("/kerja/panduan/tidak-ada/").status_code == 404


def test_every_page_of_the_console_has_a_section_that_exists() -> None:
    assert get_resolver()
    assert {anchor for sections in SECTIONS.values() for anchor in sections} <= ANCHORS
    routes = {route.name.removeprefix("console:") for route in all_routes() if route.name.startswith("console:")}
    unexplained = {name for name in routes if sections_of(name) is SECTIONS[""]} - {"inbox"}
    assert unexplained == set()
    assert set(READS) == set(Role.values)


def test_a_page_links_to_its_section(cast, case_in) -> None:
    case = case_in("forwarded", agency="35.27/dpupr")
    for name, address, wanted in (
        ("officer", "/kerja/", "petugas/#kotak-masuk"),
        ("officer", f"/kerja/l/{case.tracking_id}/", "petugas/#halaman-laporan"),
        ("verifier", "/kerja/aturan/batas/", "admin-instansi/#aturan"),
        ("leader", "/kerja/ringkasan/", "pimpinan/#ringkasan"),
        ("ombudsman", "/kerja/", "ombudsman/#antrean-ombudsman"),
    ):
        page = sign_in(cast, name).get(address).content.decode()
        assert re.search(rf'href="/kerja/panduan/{wanted}"', page), (name, address)


def test_the_handbook_is_all_guides_of_officers_on_paper_in_both_languages(cast) -> None:
    officer = sign_in(cast, "officer")
    books = {}
    for language in ("id", "en"):
        answer = officer.get("/kerja/panduan/buku.pdf", {"lang": language})
        assert answer.headers["Content-Type"] == "application/pdf"
        books[language] = answer.content
        assert answer.content.startswith(b"%PDF-")
    assert books["id"] != books["en"]
