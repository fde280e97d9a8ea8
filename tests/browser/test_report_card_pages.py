"""Report cards, statistics and their lists in a real Chromium: axe, width, refused content; pictures if wanted."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import Browser

from tanggap.cases.tests.past_files import write_file
from tanggap.common.clock import frozen, now
from tanggap.evaluation.services.fold_everything import fold_everything
from tanggap.evaluation.services.publish_open_data import publish_open_data
from tanggap.evaluation.tests.test_published import ponorogo_2022, sampang_2024
from tests.browser.test_portal_pages import look
from tests.cast import DAY
from tests.journeys.console import sign_in
from tests.paths import HOUR

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "statistik": "/statistik/?periode=2024",
    "statistik-provinsi": "/statistik/?wilayah=35&periode=2024-S1",
    "statistik-salah": "/statistik/?wilayah=99&periode=kapan",
    "definisi": "/statistik/definisi/",
    "data": "/data/",
    "rapor": "/instansi/35.27/?periode=2024",
    "rapor-unit": "/instansi/35.27/dinkes/?periode=2024",
    "di-balik-angka": "/instansi/35.27/laporan/selesai?periode=2024",
}


@pytest.fixture
def past(cast: Any, tmp_path: Path) -> None:
    """Two regencies with their published years."""
    lines = [
        {
            **line,
            "agency_code": line["agency_code"] if number > 33 else "35.27/dpupr",
            "region_code": f"35.27.0{number % 9 + 1}",
            "category": "PUPR-01",
            "rating": "4" if number < 9 else "",
        }
        for number, line in enumerate(sampang_2024())
    ]
    call_command("import_cases", str(write_file(tmp_path / "sampang.csv", lines)))
    call_command("import_cases", str(write_file(tmp_path / "ponorogo.csv", ponorogo_2022())), "--agency", "35.02")
    fold_everything(now=now())
    publish_open_data(now=DAY, month=date(2024, 6, 1))
    publish_open_data(now=DAY)


@pytest.mark.parametrize(
    ("width", "scheme", "lang"), [pytest.param(320, "dark", "en", marks=pytest.mark.long), (1280, "light", "id")]
)
def test_every_page_of_figures_passes_axe_and_fits_the_screen(
    browser: Browser, live_server: Any, past: None, width: int, scheme: Any, lang: str
) -> None:
    cache.clear()
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    refused: list[str] = []
    page.on(
        "console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.goto(f"{live_server.url}/?lang={lang}")
    with frozen(DAY + 30 * HOUR):
        for name, path in PAGES.items():
            page.goto(live_server.url + path)
            for summary in page.locator("main summary").all()[:2]:
                summary.click()
            look(page, f"{name}-{scheme}", width)
    assert not refused
    context.close()
    cache.clear()


def test_officers_cards_pass_axe_and_fit_the_screen(browser: Browser, live_server: Any, past: None, cast: Any) -> None:
    cache.clear()
    session = sign_in(cast, "leader").client.cookies["sessionid"].value
    for width, scheme in ((320, "light"), (1280, "dark")):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
        )
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        with frozen(DAY + 30 * HOUR):
            for name, path in (
                ("kerja-rapor", "/kerja/rapor/35.27/?periode=2024"),
                ("kerja-di-balik", "/kerja/rapor/35.27/laporan/selesai?periode=2024"),
                ("kerja-kosong", "/kerja/rapor/35.02/laporan/selesai?periode=kapan"),
            ):
                page.goto(live_server.url + path)
                look(page, f"{name}-{scheme}", width)
        context.close()
    cache.clear()
