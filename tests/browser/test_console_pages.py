"""The officers' pages in a real Chromium: nothing for axe to find, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tanggap.cases.models import Case
from tanggap.cases.services.assign_case import assign_case
from tanggap.common.clock import now
from tanggap.console.services.ask_export import ask_export
from tanggap.console.services.plan_batch import plan_batch
from tanggap.console.services.save_answer_template import TemplateWords, save_answer_template
from tanggap.console.services.save_filter import save_filter
from tests.browser.test_portal_pages import look
from tests.cast import Cast
from tests.journeys.console import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "inbox": "/kerja/?queue=open",
    "verify": "/kerja/l/{fresh}/verifikasi/",
    "answer": "/kerja/l/{held}/jawaban/",
    "archive": "/kerja/l/{held}/arsip/",
    "late": "/kerja/l/{late}/",
    "compare": "/kerja/l/{held}/banding/{late}/",
    "trail": "/kerja/l/{held}/jejak/",
    "filters": "/kerja/saringan/?queue=open&late=1",
    "library": "/kerja/contoh/",
    "template": "/kerja/contoh/baru/",
    "exports": "/kerja/ekspor/?queue=open",
    "bulk": "/kerja/sekaligus/tugaskan/?pilih={held}",
    "batch": "/kerja/sekaligus/hasil/{batch}/",
    "hand-over": "/kerja/serah-terima/",
    "units": "/kerja/unit/",
    "brief": "/kerja/ringkasan/",
    "people": "/kerja/orang/",
    "invite": "/kerja/orang/undang/",
}


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(320, "light", "id"), pytest.param(1280, "dark", "en", marks=pytest.mark.long)]
)
def test_every_page_of_a_coordinator_is_accessible_and_fits(
    browser: Browser, live_server: Any, cast: Cast, case_in: Callable[..., Case], width: int, scheme: Any, language: str
) -> None:
    numbers = {"fresh": case_in("unverified").tracking_id, "held": case_in("forwarded").tracking_id}
    late = case_in("forwarded")
    Case.objects.filter(pk=late.pk).update(
        forwarded_at=now() - timedelta(days=700), answer_due_at=now() - timedelta(days=690), due_at=now()
    )
    numbers["late"] = late.tracking_id
    held, verifier = Case.objects.get(tracking_id=numbers["held"]), cast["verifier"]
    assign_case(tracking_id=held.tracking_id, person=cast.person("officer"), actor=verifier, now=now())
    save_filter(name="Lewat batas", query="queue=open&late=1", actor=verifier, now=now())
    words = TemplateWords(title="Lampu padam", text="Tentang {judul}: regu datang besok pagi.")
    save_answer_template(agency=held.agency, words=words, actor=verifier, now=now())
    ask_export(query="queue=open", form="csv", language="id", actor=verifier, now=now())
    later = now() + timedelta(days=1)
    values = {"question": "Di nomor berapa?"}
    numbers["batch"] = str(
        plan_batch(slug="tanya", cases=[held], values=values, language="id", actor=verifier, now=later).pk
    )
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=live_server.url
    )
    session = sign_in(cast, "verifier").client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/kerja/?lang={language}")
    _rooms_fold_away(page, width)
    for name, path in PAGES.items():
        answered = page.goto(path.format(**numbers))
        assert answered is not None
        assert answered.status == 200, name
        look(page, f"kerja-{name}", width)
    context.close()


def _rooms_fold_away(page: Page, width: int) -> None:
    """A telephone shows one line of rooms, of which the last opens all the others, without JavaScript."""
    box = page.locator("header nav").bounding_box()
    assert box is not None
    assert box["height"] < 60
    room = page.locator("header nav a[href='/kerja/unit/']:visible")
    assert room.count() == (0 if width < 768 else 1)
    page.locator("header nav summary").click()
    assert room.count() == 1
    assert page.locator("header nav a[href='/kerja/latihan/']:visible").count() == 1
    page.locator("header nav summary").click()
