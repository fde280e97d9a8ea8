"""The officers' pages in a real Chromium: nothing for axe to find, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from tanggap.cases.models import Case
from tanggap.common.clock import now
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
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=live_server.url
    )
    session = sign_in(cast, "verifier").client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/kerja/?lang={language}")
    for name, path in PAGES.items():
        answered = page.goto(path.format(**numbers))
        assert answered is not None
        assert answered.status == 200, name
        look(page, f"kerja-{name}", width)
    context.close()
