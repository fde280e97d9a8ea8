"""A reporter introduces themself to the unit that holds the case: chosen fields, that unit, as long as it holds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tanggap.cases.identity import Contact
from tanggap.cases.models import IdentityShare
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
