"""The pages of satisfaction surveys in a real Chromium: nothing for axe to find, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tanggap.common.clock import now
from tanggap.surveys.models import FollowUp
from tanggap.surveys.services.make_links import make_links
from tanggap.surveys.tests.filled import fill, opened, published
from tests.browser.test_portal_pages import look, press
from tests.cast import Cast
from tests.journeys.console import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "rekap": "/survei/",
    "isian": "/survei/{open}/",
    "hasil": "/survei/{published}/",
    "terima-kasih": "/survei/{open}/terima-kasih/",
    "kerja": "/kerja/survei/",
    "kerja-layanan": "/kerja/survei/layanan/{service}/",
    "kerja-terbuka": "/kerja/survei/{open}/",
    "kerja-terbit": "/kerja/survei/{published}/",
    "kerja-kemajuan": "/kerja/survei/rencana/{item}/",
    "kerja-kertas": "/kerja/survei/{open}/kertas/",
}


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(320, "light", "id"), pytest.param(1280, "dark", "en", marks=pytest.mark.long)]
)
def test_surveys_are_read_and_answered_on_any_screen(
    browser: Browser, live_server: Any, cast: Cast, width: int, scheme: Any, language: str
) -> None:
    # The server's threads read the real clock.
    today = now()
    done, here = opened(cast, "Pendaftaran pasien rawat jalan", at=today), opened(cast, at=today)
    fill(done, (4, 3, 2, 4, 3, 3, 4, 3, 2), (4, 4, 3, 4, 4, 4, 4, 3, 3), times=40)
    published(cast, done, at=today)
    fill(here, (3,), times=12)
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=live_server.url
    )
    session = sign_in(cast, "verifier").client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page: Page = context.new_page()
    go: Callable[[str], Any] = page.goto
    values = {"open": here.code, "published": done.code, "service": here.service_id, "item": FollowUp.objects.get().pk}
    go(f"/?lang={language}")
    for name, path in PAGES.items():
        answered = go(path.format(**values))
        assert answered is not None
        assert answered.status == 200, name
        look(page, f"survei-{name}", width)
    (token,) = make_links(code=here.code, channel="page", number=1, actor=cast["verifier"], now=today)
    go(f"/survei/{here.code}/u/{token}/")
    page.check("#u1_0")
    press(page.locator("main form button").last)
    look(page, "survei-kurang", width)
    context.close()
