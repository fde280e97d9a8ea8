"""Guides, training and reference data in a real Chromium: nothing for axe to find, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page

from tanggap.directory.models import Agency
from tanggap.escalation.models import Ladder
from tests.browser.test_portal_pages import look
from tests.browser.test_rules_pages import open_page

__all__ = ["open_page"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def _no_sandbox_stays() -> Iterator[None]:
    """A test that commits leaves its schema to the next ones, which begin without."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS latihan CASCADE")


def shown(page: Page, name: str, path: str, width: int) -> None:
    answered = page.goto(path)
    assert answered is not None
    assert answered.status == 200, path
    look(page, name, width)


@pytest.mark.parametrize(("width", "scheme", "language"), [(320, "dark", "id"), (1280, "light", "en")])
def test_reference_data_is_changed_on_any_screen(
    open_page: Callable[..., Page], width: int, scheme: Any, language: str
) -> None:
    unit = f"/kerja/acuan/instansi/{Agency.objects.get(code='35.27/dinkes').pk}/"
    page = open_page("national_admin", width, scheme, language)
    for name, path in {
        "search": "/kerja/acuan/?q=jalan",
        "agency": unit,
        "categories": "/kerja/acuan/kategori/",
        "import": "/kerja/acuan/impor/",
        "admin": "/admin/directory/category/",
        "ladder": f"/admin/escalation/ladder/{Ladder.objects.order_by('pk')[0].pk}/change/",
    }.items():
        shown(page, f"acuan-{name}", path, width)
    page.goto("/kerja/acuan/impor/")
    page.select_option("#table", "kata-pesan")
    text = "template,channel,language,body\nanswer_reminder,sms,id,Ingat {tracking_id}\nanswer_reminder,sms,id,{x}\n"
    page.set_input_files("#file", {"name": "kata.csv", "mimeType": "text/csv", "buffer": text.encode()})
    page.fill("#reason", "SK 9/2026")
    page.click("main form button")
    look(page, "acuan-percobaan", width)
    page.goto(f"{unit}ganti-nama/")
    page.fill("#name", "Dinas Kesehatan Raya")
    page.fill("#reason", "Perda 3/2026")
    page.click("main form button")
    look(page, "acuan-akibat", width)
    page.click("main form button")
    page.wait_for_url(f"**{unit}")
    assert Agency.objects.get(code="35.27/dinkes").name == "Dinas Kesehatan Raya"


@pytest.mark.usefixtures("_no_sandbox_stays")
def test_an_officer_reads_the_guide_and_does_an_exercise(open_page: Callable[..., Page]) -> None:
    page = open_page("officer", 320, "light", "id")
    shown(page, "panduan", "/kerja/panduan/petugas/", 320)
    shown(page, "bantuan", "/bantuan/", 320)
    shown(page, "latihan", "/kerja/latihan/", 320)
    page.click("main form button")
    look(page, "latihan-tugas", 320)
    page.locator("ol form button").nth(4).click()
    look(page, "latihan-laporan", 320)
    assert page.locator("aside.demo").is_visible()
    page.goto(page.url.rstrip("/") + "/terima/")
    page.click("#kotak ~ form button:not([type=button])")
    page.get_by_text("Tugas latihan selesai").wait_for()
    page.goto("/kerja/latihan/")
    assert "1 / 10" in page.inner_text("main")
