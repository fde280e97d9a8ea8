"""Officers' report cards: every figure opens the cases this officer may see, and no others."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from tanggap.common.clock import frozen, now
from tanggap.evaluation.services.fold_everything import fold_everything
from tests.cast import DAY, Cast
from tests.journeys.console import sign_in
from tests.journeys.portal_walk import read
from tests.paths import HOUR, bring

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clear() -> Any:
    cache.clear()
    with frozen(DAY + 28 * HOUR):
        yield
    cache.clear()


@pytest.fixture
def cases(submit: Any, cast: Cast) -> dict[str, str]:
    found = {
        "open": bring("in_progress", submit, cast),
        "closed": bring("closed", submit, cast),
        "secret": bring("in_progress", submit, cast, secret=True),
        "health": bring("forwarded", submit, cast, unit="35.27/dinkes"),
        # About the health office: nobody posted there may find a trace of it.
        "accused": submit(text="Petugas puskesmas meminta uang.", about=["35.27/dinkes"], secret=True).case,
        "elsewhere": bring("unverified", submit, cast, agency="35.02"),
    }
    fold_everything(now=now())
    return {name: case.tracking_id for name, case in found.items()}


def test_a_coordinators_card_opens_the_cases_behind_its_figures(cast: Cast, cases: dict[str, str]) -> None:
    officer = sign_in(cast, "leader")
    assert officer.get("/kerja/rapor/").url == "/kerja/rapor/35.27/"
    page = read(officer.get("/kerja/rapor/35.27/"))
    assert "5 laporan masuk" in page.text
    assert "/kerja/rapor/35.27/laporan/selesai" in page.links
    for link in {link for link in page.links if "/laporan/" in link and link.startswith("/kerja/rapor/")}:
        assert officer.get(link).status_code == 200
    closed = read(officer.get("/kerja/rapor/35.27/laporan/selesai"))
    assert cases["closed"] in closed.html
    assert cases["open"] not in closed.html


def test_nobody_of_an_accused_office_finds_a_trace(cast: Cast, cases: dict[str, str]) -> None:
    officer = sign_in(cast, "unit_head")
    assert "1 laporan masuk" in read(officer.get("/kerja/rapor/35.27/dinkes/")).text
    for path in ("35.27/dinkes", "35.27"):
        listed = read(officer.get(f"/kerja/rapor/{path}/laporan/masuk"))
        assert cases["health"] in listed.html
        assert "puskesmas" not in listed.html
        assert not [name for name in ("accused", "secret") if cases[name] in listed.html]


def test_an_outsider_reads_figures_and_no_cases(cast: Cast, cases: dict[str, str]) -> None:
    officer = sign_in(cast, "outsider")
    page = read(officer.get("/kerja/rapor/35.27/laporan/masuk"))
    assert "5 laporan lain ikut dihitung" in page.text
    assert not [number for name, number in cases.items() if number in page.html]
    own = read(officer.get("/kerja/rapor/35.02/laporan/masuk"))
    assert cases["elsewhere"] in own.html


def test_the_whole_country_is_for_those_at_its_root(cast: Cast, cases: dict[str, str]) -> None:
    page = read(sign_in(cast, "national_admin").get("/kerja/rapor/ID/laporan/masuk"))
    assert all(number in page.html for number in cases.values())
    assert "ikut dihitung tetapi bukan" not in page.text


@pytest.mark.parametrize("name", ["officer", "health_officer"])
def test_a_liaison_officer_has_no_such_room(cast: Cast, name: str) -> None:
    for path in ("/kerja/rapor/", "/kerja/rapor/35.27/", "/kerja/rapor/35.27/laporan/masuk"):
        assert sign_in(cast, name).get(path).status_code == 404


@pytest.mark.parametrize("query", ["?periode=kapan", "?periode=%00", "?cursor=bukan", "?periode=2024-S1&cursor=e30"])
def test_bad_input_is_never_an_error_page(cast: Cast, query: str) -> None:
    officer = sign_in(cast, "leader")
    for path in ("/kerja/rapor/35.27/", "/kerja/rapor/35.27/laporan/masuk"):
        assert officer.get(path + query).status_code == 200
    assert officer.get("/kerja/rapor/99.99/").status_code == 404
    assert officer.get("/kerja/rapor/35.27/laporan/apa").status_code == 404
    assert officer.get("/kerja/rapor/?instansi=%00").status_code == 302
    assert officer.get("/kerja/rapor/?instansi=xx").status_code == 404
