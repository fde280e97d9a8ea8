"""The pages of rankings in a real Chromium: nothing for axe to find, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tanggap.cases.models import Case
from tanggap.cases.tests.past_files import run, write_file
from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.models import Flag
from tanggap.evaluation.tests.ranked_files import lines_for
from tests.browser.test_portal_pages import look, press
from tests.cast import DAY, Cast
from tests.journeys.console import sign_in
from tests.journeys.test_ranking_pages import ALL, frozen_by

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "sementara": "/peringkat/?kelompok=regency_and_city&masa=2024-S1",
    "beku": f"/peringkat/{ALL}",
    "simulasi": f"/peringkat/simulasi/{ALL}&w-speed=0&w-team_decree=x",
    "kerja-daftar": "/kerja/peringkat/",
    "kerja-bobot": "/kerja/peringkat/bobot/",
    "kerja-masa": "/kerja/peringkat/masa/2024/?kelompok=regency_and_city",
    "kerja-tanda": "/kerja/peringkat/masa/2024/tanda/",
    "kerja-tanda-satu": "/kerja/peringkat/tanda/{flag}/",
    "kerja-simulasi": f"/kerja/peringkat/simulasi/{ALL}&w-speed=0",
}


@pytest.fixture
def open_page(browser: Browser, live_server: Any, cast: Cast, tmp_path: Any, capsys: Any) -> Callable[..., Page]:
    lines = [
        *lines_for("33.21", 40, closed=38, on_time=4),
        *lines_for("33.74", 120, closed=40, on_time=118, rated=12),
        *lines_for("35.78", 12, closed=12, on_time=12),
    ]
    assert run(write_file(tmp_path / "lama.csv", lines), capsys)[0] == 0
    period = frozen_by(sign_in(cast, "evaluator"), sign_in(cast, "national_admin"))
    flagged = list(Case.objects.filter(agency__code="33.21").values_list("pk", flat=True)[:3])
    Flag.objects.create(
        period=period,
        agency=agency_by_code("33.21"),
        name="identical_answers",
        case_ids=flagged,
        count=3,
        of=40,
        raised_at=DAY,
    )

    def opened(name: str, width: int, scheme: Any, language: str) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=live_server.url
        )
        session = sign_in(cast, name).client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"/?lang={language}")
        return page

    return opened


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [pytest.param(320, "light", "id", marks=pytest.mark.long), (1280, "dark", "en")]
)
def test_rankings_are_read_on_any_screen(
    open_page: Callable[..., Page], width: int, scheme: Any, language: str
) -> None:
    page = open_page("evaluator", width, scheme, language)
    for name, path in PAGES.items():
        answered = page.goto(path.format(flag=Flag.objects.get().pk))
        assert answered is not None
        assert answered.status == 200, name
        look(page, f"peringkat-{name}", width)
    page.goto("/kerja/peringkat/")
    page.fill("#id_name", "kapan")
    press(page.locator("form button").last)
    look(page, "peringkat-kerja-salah", width)
    page.context.close()
