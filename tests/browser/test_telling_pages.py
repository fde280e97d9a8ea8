"""A case with everything that was said, sent and promised, in a real Chromium: as its reporter and as its office."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.services.break_pledges import break_pledges
from tanggap.cases.tests.telling import BOTH, react
from tanggap.common.clock import frozen
from tanggap.escalation.models import LadderStep, TakenStep
from tanggap.notify.models import Message, MessageState
from tests.browser.test_portal_pages import look
from tests.cast import DAY, WIB
from tests.journeys.console import sign_in
from tests.paths import HOUR, final, verify

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PROMISE = "Lampu diganti bersama pengadaan bulan depan, oleh regu penerangan jalan, dua tiang sekaligus."


@pytest.fixture
def world(submit: Any, cast: Any) -> Any:
    """A receipt whose case was pressed by the ladder, answered with a promise, and whose promise was broken."""
    receipt = submit(contact=BOTH, channel="whatsapp")
    case = verify(receipt.case, cast, "35.27/dpupr", DAY + HOUR)
    kinds = [("reminder", "liaison_officer"), ("letter_1", "unit_head"), ("escalation", "regional_head")]
    for number, (kind, role) in enumerate(kinds, 1):
        at = DAY + timedelta(days=number)
        taken = TakenStep.objects.create(
            case=case, clock="first_answer", run="leg:1", number=number, kind=kind, state="taken", due_at=at,
            step=LadderStep.objects.order_by("pk")[number], decided_at=at, template="answer_reminder",
            asked_role=role, role=role, agency=case.agency,
        )  # fmt: skip
        Message.objects.create(
            key=f"k{number}", stream=case.stream, source=f"step:{taken.pk}", template="answer_reminder",
            channel="email", state=MessageState.SENT, created_at=at, due_at=at, not_before=at, sent_at=at + HOUR / 6,
        )  # fmt: skip
    draft = final(PROMISE, kind="promised", done_on=None, office="", promised_on=date(2026, 11, 17))
    answer_case(tracking_id=case.tracking_id, draft=draft, actor=cast["officer"], now=DAY + 4 * timedelta(days=1))
    react()
    at = datetime(2026, 11, 13, 10, 42, tzinfo=WIB)
    Message.objects.filter(template="final_answer").update(state="delivered", sent_at=at, delivered_at=at)
    break_pledges(now=DAY + timedelta(days=9, hours=1))
    return receipt


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [
        (320, "light", "id"),
        pytest.param(1280, "dark", "en", marks=pytest.mark.long),
        pytest.param(1280, "light", "id", marks=pytest.mark.long),
    ],
)
def test_what_was_sent_taken_and_promised_is_accessible_and_fits(
    browser: Browser, live_server: Any, cast: Any, world: Any, width: int, scheme: Any, language: str
) -> None:
    with frozen(DAY + timedelta(days=9, hours=2)):
        number = world.case.tracking_id
        size = {"width": width, "height": 800}
        context = browser.new_context(viewport=size, color_scheme=scheme, base_url=live_server.url)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"/l/{number}?lang={language}")
        look(page, f"kabar-umum-{language}", width)
        page.fill("#code", world.secret_code)
        page.click("#kode-rahasia button")
        look(page, f"kabar-pelapor-{language}", width)
        page.goto(f"/l/{number}#kabar")
        look(page, f"kabar-atur-{language}", width)
        session = sign_in(cast, "officer").client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto(f"/kerja/l/{number}/janji/")
        look(page, f"kabar-kantor-{language}", width)
        context.close()
