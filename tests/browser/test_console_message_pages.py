"""The pages of messages and alarms in a real Chromium: nothing for axe to find, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser

from tanggap.accounts.models import Person
from tanggap.cases.models import Case
from tanggap.common.clock import now
from tanggap.notify.models import Cap, ChannelHealth, Message, Price
from tanggap.notify.services.enqueue import enqueue
from tanggap.notify.tests.making import CHAT, MAIL, PHONE, outgoing
from tests.browser.test_portal_pages import look
from tests.cast import Cast
from tests.journeys.console import sign_in
from tests.journeys.test_console_alarms import step_to_nobody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "alarms": "/kerja/peringatan/",
    "late": "/kerja/peringatan/terlambat/",
    "backlog": "/kerja/pesan/",
    "dead": "/kerja/pesan/gagal/",
    "words": "/kerja/pesan/kata/",
    "mail": "/kerja/pesan/kata/final_answer/email/id/",
    "sms": "/kerja/pesan/kata/letter_1/sms/en/",
    "costs": "/kerja/pesan/biaya/",
}


def fill(case: Case) -> None:
    """Something of everything the pages can show."""
    moment = now()
    about = {"stream": case.stream, "payer": f"agency:{case.body_id}", "due_at": moment, "not_before": moment}
    for number, way in enumerate((MAIL, PHONE, CHAT, MAIL, PHONE, CHAT)):
        person = {"recipient_role": "liaison_officer", "recipient_name": "Muhammad Abdurrahman Wahiduddin"}
        row = enqueue(outgoing(f"x{number}", ways=[way], **about, **person), now=moment)
        if number < 2:
            Message.objects.filter(pk=row.pk).update(
                state="failed", error="550 5.1.1 kotak surat penerima tidak ada", sent_at=None
            )
        if number > 3:
            Message.objects.filter(pk=row.pk).update(state="sent", cost=Decimal("315.5"), sent_at=moment)
    step_to_nobody(case)
    for channel in ("whatsapp", "email"):
        ChannelHealth.objects.create(
            brand="nasional", channel=channel, failures=5, failing_since=moment - timedelta(hours=2),
            retry_at=moment + timedelta(minutes=9), last_out_at=moment - timedelta(hours=3),
            last_error="HTTP 503: layanan tidak tersedia untuk sementara", last_error_at=moment,
        )  # fmt: skip
    Cap.objects.create(payer=f"agency:{case.body_id}", amount=Decimal(700), valid_from=moment.date())
    Price.objects.create(
        channel="sms", amount=Decimal("315.5"), valid_from=moment.date(), source="Kontrak 027/114/XI/2026"
    )
    long_ago = moment - timedelta(days=60)
    Person.objects.update(last_seen_on=long_ago.date())
    Case.objects.filter(pk=case.pk).update(due_at=moment - timedelta(days=3))


@pytest.mark.parametrize(
    ("name", "width", "scheme", "language"),
    [
        pytest.param("national_admin", 320, "light", "id", marks=pytest.mark.long),
        ("national_admin", 1280, "dark", "en"),
        pytest.param("verifier", 1280, "light", "id", marks=pytest.mark.long),
    ],
)
def test_every_page_of_messages_and_alarms_is_accessible_and_fits(
    browser: Browser,
    live_server: Any,
    cast: Cast,
    case_in: Callable[..., Case],
    name: str,
    width: int,
    scheme: Any,
    language: str,
) -> None:
    fill(case_in("forwarded"))
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=live_server.url
    )
    session = sign_in(cast, name).client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"/kerja/?lang={language}")
    look(page, f"pesan-{name}-inbox", width)
    for shown, path in PAGES.items():
        if name == "verifier" and "/kata/" in path:
            continue
        answered = page.goto(path)
        assert answered is not None
        assert answered.status == 200, shown
        look(page, f"pesan-{name}-{shown}", width)
    context.close()
