"""Briefs and tasks in a real Chromium: nothing for axe to find, no sideways scroll."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from tanggap.cases.models import Case, Message
from tanggap.common.clock import now
from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.briefs.windows import Length, Window
from tanggap.evaluation.models import Task
from tanggap.evaluation.services.answer_task import answer_task
from tanggap.evaluation.services.assign_task import assign_task
from tests.browser.test_portal_pages import look, press
from tests.cast import Cast
from tests.journeys.brief_world import INSIDE, case, district, history, topics
from tests.journeys.console import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WINDOW = Window(Length.WEEK, date(2026, 11, 16))
WEEK = "?periode=minggu&tanggal=2026-11-16"
PAGES = {
    "pekan": f"/kerja/ringkasan/{WEEK}",
    "bulan": "/kerja/ringkasan/?periode=bulan&tanggal=2026-11-16",
    "kosong": "/kerja/ringkasan/?periode=minggu&tanggal=2025-01-06",
    "tugas": "/kerja/tugas/",
    "tugas-baru": f"/kerja/tugas/baru/{WEEK}&baris=masuk",
    "laporan": f"/kerja/ringkasan/laporan/{WEEK}&baris=masuk",
    "tanpa-laporan": f"/kerja/ringkasan/laporan/{WEEK}&baris=x",
}


def a_busy_week() -> None:
    """One topic rises, another gathers in a village, two units are late, something was solved."""
    first, second, _third = topics()
    history(first, [3, 2, 4, 3, 3, 2, 4, 3])
    history(second, [5, 4, 6, 5, 5, 4, 6, 5])
    for number in range(17):
        case(INSIDE + timedelta(hours=number), category_id=first, region_id=district(), phone=f"+62812{number // 2}")
    for number in range(5):
        case(INSIDE + timedelta(hours=number), category_id=second, region_id=district(1), unit="35.27/dinkes")
    for unit, days in (("35.27/dinkes", 9), ("35.27/dpupr", 3), ("35.27/dpupr", 5)):
        case(INSIDE - timedelta(days=40), unit=unit, due_at=INSIDE - timedelta(days=days))
    solved = case(INSIDE - timedelta(days=9), closed_at=INSIDE, title="Pipa pecah di Jalan Randu", endorsements=17)
    words = "Pipa sudah kami ganti pada 16 November; air mengalir kembali ke 40 rumah."
    Message.objects.create(case=solved, kind="final", at=INSIDE, author_key="x", text=words, public_text=words)


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [pytest.param(320, "light", "id", marks=pytest.mark.long), (1280, "dark", "en")]
)
def test_a_brief_is_read_on_any_screen(
    browser: Browser, live_server: Any, cast: Cast, width: int, scheme: Any, language: str
) -> None:
    a_busy_week()
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=live_server.url
    )
    session = sign_in(cast, "leader").client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/kerja/?lang={language}")
    for name, path in PAGES.items():
        answered = page.goto(path)
        assert answered is not None
        assert answered.status == 200, name
        look(page, f"ringkasan-{name}", width)
    page.goto(f"/kerja/tugas/baru/{WEEK}&baris=masuk")
    press(page.locator("main form button"))
    look(page, "ringkasan-tugas-salah", width)
    given, answered = given_tasks(cast)
    for name, task in (("buka", given), ("jawab", answered)):
        page.goto(f"/kerja/tugas/{task.pk}/")
        look(page, f"ringkasan-tugas-{name}", width)
    page.goto("/kerja/tugas/")
    look(page, "ringkasan-tugas-daftar", width)
    context.close()


def given_tasks(cast: Cast) -> tuple[Task, Task]:
    """One that waits for its unit, one that was answered with a report."""
    moment, unit = now(), agency_by_code("35.27/dinkes")
    rest: dict[str, Any] = {"agency": unit, "due_on": moment.date() + timedelta(days=5), "actor": cast["leader"]}
    words = "Apa yang menahan Dinas Kesehatan: 1 laporan lewat batas?\n\nJawab pekan ini."
    given = assign_task(text=words, line=f"unit:{unit.pk}", window=WINDOW, now=moment, **rest)
    other = assign_task(text=words, line=f"unit:{unit.pk}", window=WINDOW, now=moment, **rest)
    number = Case.objects.filter(agency=unit).latest("pk").tracking_id
    said = "Sudah kami jawab kemarin; obatnya tersedia lagi."
    return given, answer_task(task_id=other.pk, text=said, numbers=number, actor=cast["unit_head"], now=moment)
