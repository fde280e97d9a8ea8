"""A mass submission stands on the card as one cluster, with its cases and reporters in numbers and nobody's name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tanggap.cases.identity import Contact
from tanggap.cases.models import Case
from tanggap.common.clock import frozen
from tanggap.evaluation.models import MassSubmission
from tanggap.evaluation.services.find_mass_submissions import find_mass_submissions
from tests.cast import DAY, Cast
from tests.paths import HOUR, verify

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=3)
SAME = (
    "Air di perumahan kami mati sejak Sabtu dan tidak ada petugas datang walau sudah ditelepon berkali-kali, nomor {}."
)


@pytest.fixture
def crowd(submit: Callable[..., Any], cast: Cast) -> list[Case]:
    """Seven cases: two by one phone, one by somebody without contact, one anonymous and one secret; another matter."""
    found = []
    for number, phone in enumerate(("0811", "0811", "0812", "0813", "0814", "", "0815", "0816")):
        given: dict[str, Any] = {"anonymous": number == 6, "secret": number == 7}
        if phone:
            given["contact"] = Contact(phone=f"{phone}1234567")
        case = submit(text=SAME.format(number), now=DAY + number * HOUR, **given).case
        verify(case, cast, "35.27/dpupr", DAY + 10 * HOUR)
        found.append(case)
    submit(text="Pohon tumbang di depan balai desa menutup jalan dan belum diangkut sampai siang ini.")
    return found


def test_a_cluster_counts_cases_and_tells_reporters_apart(crowd: list[Case]) -> None:
    assert find_mass_submissions(now=LATER) == 1
    assert find_mass_submissions(now=LATER) == 1
    row = MassSubmission.objects.get()
    assert row.case_ids == [case.pk for case in crowd[:6]]
    assert (row.reporters, row.unknown) == (4, 1)


def test_the_card_shows_it_without_anybody_secret_or_anonymous(crowd: list[Case], client: Client) -> None:
    find_mass_submissions(now=LATER)
    with frozen(LATER):
        page = client.get("/instansi/35.27/").content.decode()
        assert "Laporan massal" in page
        assert "6 laporan" in page
        assert "4 pelapor berbeda" in page
        assert "0811" not in page
        shown = page.split('id="massal"')[1].split("</section>")[0]
        assert crowd[0].tracking_id in shown
        assert not any(case.tracking_id in shown for case in crowd[6:])
        Case.objects.filter(pk=crowd[0].pk).update(secret=True, guarded=True, published=False)
        shown = client.get("/instansi/35.27/").content.decode().split('id="massal"')[1].split("</section>")[0]
        assert crowd[0].tracking_id not in shown
        assert "5 laporan" in shown
        Case.objects.update(secret=True, guarded=True, published=False)
        assert "Laporan massal" not in client.get("/instansi/35.27/").content.decode()


def test_what_began_long_ago_stays_as_it_was_found(crowd: list[Case]) -> None:
    find_mass_submissions(now=LATER)
    before = MassSubmission.objects.get()
    assert find_mass_submissions(now=LATER + timedelta(days=90)) == 0
    assert MassSubmission.objects.get() == before
