"""An officer with forty cases before lunch: keys alone, counted. Text is typed besides and not counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tanggap.cases.models import Case, Message
from tests.browser.test_portal_pages import look
from tests.cast import DAY, Cast
from tests.journeys.console import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_KEYS = 60
PATIENCE = 20_000


class Keyboard:
    """Presses keys and counts every one of them; a chord of two counts as two."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.pressed += len(key.split("+"))
            self.page.keyboard.press(key)

    def go(self, *keys: str) -> None:
        """Keys of which the last leads to another page."""
        self.press(*keys[:-1])
        with self.page.expect_navigation(timeout=PATIENCE):
            self.press(keys[-1])

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)


@pytest.fixture
def desk(browser: Browser, live_server: Any, cast: Cast) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=live_server.url)
    session = sign_in(cast, "officer").client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


def ready(page: Page, field: str) -> None:
    """The pen is in the hand."""
    expect(page.locator(f"form [name={field}]").first).to_be_focused(timeout=PATIENCE)


def test_ten_final_answers_from_the_inbox_in_sixty_keys_at_most(desk: Page, case_in: Callable[..., Case]) -> None:
    made = [case_in("forwarded", now=DAY + timedelta(minutes=n)) for n in range(10)]
    keys = Keyboard(desk)
    desk.goto("/kerja/")
    keys.go("s")
    for number in range(10):
        ready(desk, "answer_kind")
        keys.press("ArrowDown", "Tab")
        ready(desk, "text")
        keys.write(f"Lampu nomor {number} di Jalan Randu dijadwalkan diganti Selasa pagi oleh regu penerangan.")
        keys.go("Control+Enter")
    assert desk.url.split("?")[0].endswith("/kerja/")
    assert {case.state for case in Case.objects.all()} == {"answered"}
    said = Message.objects.filter(kind="final").values_list("case_id", "text").order_by("case__received_at")
    assert [one for one, _text in said] == [case.pk for case in made], "each once, what was due first first"
    assert keys.pressed <= MOST_KEYS, keys.pressed
    look(desk, "kerja-selesai", 1280)


def test_whoever_answers_second_reads_what_was_sent_and_sends_his_own_with_one_more_press(
    desk: Page, case_in: Callable[..., Case], cast: Cast
) -> None:
    case = case_in("in_progress")
    keys = Keyboard(desk)
    desk.goto("/kerja/")
    keys.go("a")
    ready(desk, "text")
    keys.write("Regu penerangan memeriksa Jalan Randu besok pagi pukul delapan.")
    first = "Material lampu sudah tiba di gudang pagi ini, pemasangan dimulai sesudah hujan reda."
    sign_in(cast, "other_officer").do(case, "tanggapan", text=first)
    keys.go("Control+Enter")
    assert desk.locator("#kotak ~ .notice .thread").inner_text().count(first) == 1
    assert "besok pagi pukul delapan" in desk.locator("textarea[name=text]").input_value()
    assert case.messages.filter(kind="interim").count() == 1
    look(desk, "kerja-bentrok", 1280)
    desk.locator("textarea[name=text]").focus()
    keys.go("Control+Enter")
    assert case.messages.filter(kind="interim").count() == 2
