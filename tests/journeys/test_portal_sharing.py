"""A reporter introduces themself to the unit that holds the case: chosen fields, that unit, as long as it holds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tanggap.cases.identity import Contact
from tanggap.cases.models import IdentityShare
from tanggap.cases.services.forward_case import forward_case
from tanggap.common.clock import frozen
from tanggap.config.reactions import react
from tanggap.directory.selectors import agency_by_code
from tanggap.ledger.models import Event
from tanggap.notify.models import Message
from tests.cast import DAY, Cast
from tests.journeys.console import sign_in
from tests.journeys.portal_walk import read
from tests.paths import HOUR, verify

pytestmark = pytest.mark.django_db
PHONE, NAME = "081234567890", "Wulandari"


@pytest.fixture
def receipt(submit: Callable[..., Any], cast: Cast) -> Any:
    made = submit(text="Lampu padam.", anonymous=True, contact=Contact(NAME, PHONE, ""))
    verify(made.case, cast, "35.27/dpupr", DAY + HOUR)
    return made


def opened(client: Client, receipt: Any) -> str:
    number: str = receipt.case.tracking_id
    client.post(f"/l/{number}/kode", {"code": receipt.secret_code})
    return number


def test_only_the_chosen_field_and_only_for_the_holder(client: Client, receipt: Any, cast: Cast) -> None:
    officer = sign_in(cast, "officer").client
    number = opened(client, receipt)
    assert NAME not in officer.get(f"/kerja/l/{number}/").content.decode()
    page = read(client.post(f"/l/{number}/bagikan", {"shared": "name"}, follow=True))
    assert "sekarang dapat melihat yang Anda centang" in page.text
    seen = officer.get(f"/kerja/l/{number}/").content.decode()
    assert NAME in seen
    assert "1234567890" not in seen
    assert NAME not in sign_in(cast, "verifier").client.get(f"/kerja/l/{number}/").content.decode()


@pytest.mark.parametrize("said", [{}, {"shared": "nik"}])
def test_nothing_or_nonsense_is_asked_again_and_shares_nothing(
    client: Client, receipt: Any, said: dict[str, str]
) -> None:
    number = opened(client, receipt)
    assert client.post(f"/l/{number}/bagikan", said).status_code == 422
    assert not IdentityShare.objects.exists()


def test_nobody_else_shares_and_a_pressed_reporter_is_not_asked(client: Client, receipt: Any) -> None:
    number = receipt.case.tracking_id
    assert client.post(f"/l/{number}/bagikan", {"shared": "name"}).status_code == 403
    opened(client, receipt)
    assert "/bagikan" in client.get(f"/l/{number}").content.decode()
    client.post(f"/l/{number}/ditekan")
    assert "/bagikan" not in client.get(f"/l/{number}").content.decode()
    assert not IdentityShare.objects.exists()


def test_what_was_shared_goes_no_further_and_ends_when_the_case_moves_on(
    client: Client, receipt: Any, cast: Cast
) -> None:
    """Asked by the officer, agreed on the reporter's own page, seen by that unit alone, and only while it holds it."""
    officer, case = sign_in(cast, "officer"), receipt.case
    with frozen(DAY + 2 * HOUR):
        asked = officer.do(case, "tanya", question="Bolehkah kami tahu nama Anda untuk surat pengantar?")
        assert asked.status_code == 302
        number = opened(client, receipt)
        assert "Bolehkah kami tahu nama Anda" in read(client.get(f"/l/{number}")).text
        assert NAME not in officer.open(case).content.decode(), "asking opens nothing"
        client.post(f"/l/{number}/balas", {"reply": "Boleh, saya bagikan."})
        client.post(f"/l/{number}/bagikan", {"shared": ["name", "phone"]})
        seen = officer.open(case).content.decode()
        assert NAME in seen
        for name in ("verifier", "leader", "inspector", "national_admin", "evaluator", "ombudsman"):
            assert NAME not in sign_in(cast, name).open(case).content.decode(), name
        assert NAME not in Client().get(f"/l/{number}").content.decode()
        forward_case(
            tracking_id=number, agency=agency_by_code("35.27/dinkes"), actor=cast["verifier"], now=DAY + 2 * HOUR
        )
        assert NAME not in sign_in(cast, "health_officer").open(case).content.decode(), "the next holder was not chosen"
        assert sign_in(cast, "officer").open(case).status_code == 404 or NAME not in officer.open(case).content.decode()


def test_what_was_shared_is_taken_back(client: Client, receipt: Any, cast: Cast) -> None:
    officer, case = sign_in(cast, "officer"), receipt.case
    with frozen(DAY + 2 * HOUR):
        number = opened(client, receipt)
        assert "berhenti-berbagi" not in client.get(f"/l/{number}").content.decode(), "nothing is shared yet"
        client.post(f"/l/{number}/berhenti-berbagi")
        assert not Event.objects.filter(name="case.identity_share_withdrawn").exists(), "nothing to take back"
        client.post(f"/l/{number}/bagikan", {"shared": ["name", "phone"]})
        assert "melihat dari Anda: Nama, Telepon" in read(client.get(f"/l/{number}")).text
        assert Client().post(f"/l/{number}/berhenti-berbagi").status_code == 403
        assert NAME in officer.open(case).content.decode()
        page = read(client.post(f"/l/{number}/berhenti-berbagi", follow=True))
        assert "Tidak ada instansi yang melihat nama" in page.text
        assert "melihat dari Anda" not in page.text
        assert NAME not in officer.open(case).content.decode()
    assert Event.objects.get(name="case.identity_share_withdrawn").data["agencies"] == ["35.27/dpupr"]


def test_who_says_no_stays_unknown(client: Client, receipt: Any, cast: Cast) -> None:
    officer, case = sign_in(cast, "officer"), receipt.case
    with frozen(DAY + 2 * HOUR):
        officer.do(case, "tanya", question="Bolehkah kami tahu nama Anda?")
        number = opened(client, receipt)
        client.post(f"/l/{number}/balas", {"reply": "Maaf, saya tidak berani."})
        page = officer.open(case).content.decode()
    assert "tidak berani" in page
    assert NAME not in page
    assert not IdentityShare.objects.exists()


def test_pressure_shuts_what_was_shared_and_only_the_overseers_learn_of_it(
    client: Client, receipt: Any, cast: Cast
) -> None:
    officer, case = sign_in(cast, "officer"), receipt.case
    with frozen(DAY + 2 * HOUR):
        number = opened(client, receipt)
        client.post(f"/l/{number}/bagikan", {"shared": "name"})
        assert NAME in officer.open(case).content.decode()
        client.post(f"/l/{number}/ditekan")
        event = Event.objects.get(stream=case.stream, name="case.pressure_reported")
        react(event_id=event.pk)
        for name in ("officer", "verifier", "leader", "national_admin"):
            page = sign_in(cast, name).open(case)
            assert NAME not in page.content.decode(), name
            assert "tekan" not in page.content.decode().lower().replace("ditekankan", ""), name
        for path in (f"/l/{number}", f"/l/{number}/umpan.xml", f"/api/v1/cases/{number}"):
            assert Client().get(path).status_code == 404, path
        assert number not in Client().get("/laporan/").content.decode()
        assert client.get(f"/l/{number}").status_code == 200, "the reporter still reads and answers"
    roles = set(Message.objects.filter(template="pressure_reported").values_list("recipient_role", flat=True))
    assert roles == {"inspector", "ombudsman"}
