"""Personal data in whatever somebody typed about a case is on no public surface."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.services.forward_case import forward_case
from tanggap.cases.services.return_case import return_case
from tanggap.common.clock import frozen
from tanggap.directory.selectors import agency_by_code
from tests.cast import DAY, Cast
from tests.paths import DONE, HOUR, final, verify

pytestmark = pytest.mark.django_db
SECRETS = ("0812-3456-7801", "0812-3456-7802", "0812-3456-7803", "0812-3456-7804", "0812-3456-7805", "Sutarmin")


@pytest.fixture
def number(submit: Any, cast: Cast) -> str:
    """A public case that carries personal data wherever people type."""
    report = submit(text=f"Lampu jalan padam, hubungi {SECRETS[0]}.", place=f"dekat rumah pak Sutarmin {SECRETS[1]}")
    tracking_id: str = report.case.tracking_id
    verify(report.case, cast, "35.27/dpupr", DAY + HOUR)
    reason = f"Bukan urusan kami, tanya pak Sutarmin {SECRETS[2]}"
    return_case(tracking_id=tracking_id, reason=reason, actor=cast["officer"], now=DAY + 2 * HOUR)
    forward_case(
        tracking_id=tracking_id, agency=agency_by_code("35.27/dpupr"), actor=cast["verifier"], now=DAY + 3 * HOUR
    )
    draft = final(f"{DONE} Hubungi {SECRETS[3]}.", office=f"Regu bpk Sutarmin {SECRETS[4]}")
    answer_case(tracking_id=tracking_id, draft=draft, actor=cast["officer"], now=DAY + 4 * HOUR)
    return tracking_id


def test_no_public_surface_shows_what_masking_finds(number: str) -> None:
    surfaces = (f"/l/{number}", "/laporan/", "/laporan/umpan.xml", f"/l/{number}/umpan.xml", f"/api/v1/cases/{number}")
    answered = 0
    with frozen(DAY + 5 * HOUR):
        for surface in surfaces:
            answer = Client().get(surface)
            answered += answer.status_code == 200
            shown = answer.content.decode()
            assert not [secret for secret in SECRETS if secret in shown], surface
    assert answered >= 4, "the case is public and its surfaces were read"
    with frozen(DAY + 5 * HOUR):
        shown = Client().get(f"/l/{number}").content.decode()
    assert 'tanya pak <mark class="masked">nama orang</mark>' in shown, "the reason stays, without the person"
