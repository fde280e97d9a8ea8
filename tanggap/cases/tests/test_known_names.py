"""The reporter's own name is in no text that everybody reads, whoever wrote it and however it was typed."""

from datetime import timedelta

import pytest
from django.test import Client

from tanggap.accounts.actor import PUBLIC
from tanggap.cases.identity import Contact
from tanggap.cases.models import Case
from tanggap.cases.selectors.rundown import spoken
from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.common.redacting import redact
from tests.cast import DAY
from tests.paths import final, verify

pytestmark = pytest.mark.django_db
NAME = "rosalinda wulansari"


@pytest.fixture
def told(cast) -> Case:
    """Reported with the name in title and text, answered by an officer who names the reporter without a cue."""
    submission = Submission(
        text="Got depan rumah buntu. Yang melapor Rosalinda, jalan menuju Wulansari juga.",
        title="Rosalinda minta got dikeruk",
        channel="web",
        contact=Contact(name=NAME, phone="081234567890"),
    )
    case = submit_case(submission=submission, actor=PUBLIC, now=DAY).case
    assert case.title == "[NAMA] minta got dikeruk"
    verify(case, cast, "35.27/dpupr", DAY + timedelta(hours=1), by="national_admin")
    draft = final("Regu mengeruk got bersama ROSALINDA WULANSARI pada Senin pagi.")
    answer_case(tracking_id=case.tracking_id, draft=draft, actor=cast["officer"], now=DAY + timedelta(hours=2))
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("address", ["/l/{}", "/l/{}/umpan.xml", "/api/v1/cases/{}", "/umpan.xml", "/laporan"])
def test_no_public_surface_names_the_reporter(told, address: str) -> None:
    answer = Client().get(address.format(told.tracking_id), follow=True)
    assert answer.status_code in (200, 404)
    body = b"".join(answer).decode() if answer.streaming else answer.content.decode()
    assert not [word for word in NAME.split() if word in body.lower()]


def test_the_officers_read_the_name_where_nothing_protects_the_case(told) -> None:
    assert "Rosalinda" in told.narrative.agency_text
    assert "[NAMA]" in told.narrative.public_text


@pytest.mark.parametrize(
    ("name", "text", "public"),
    [
        ("rosalinda", "Kata Rosalinda sudah dikeruk", "Kata [NAMA] sudah dikeruk"),
        ("Indah Lestari", "taman yang indah", "taman yang indah"),
        ("Melati Kusuma", "kata melati kusuma begitu", "kata [NAMA] [NAMA] begitu"),
        ("Melati Kusuma", "bunga melati layu", "bunga melati layu"),
        ("Pak Sudirman", "Jalan Sudirman rusak, Sudirman lapor", "Jalan Sudirman rusak, [NAMA] lapor"),
        ("Camat Omben", "Kantor di Omben tutup", "Kantor di Omben tutup"),
        ("Dinkes Sampang", "Kantor di Sampang tutup", "Kantor di Sampang tutup"),
        ("", "Kantor di Sampang tutup", "Kantor di Sampang tutup"),
    ],
)
def test_a_name_from_a_field_of_its_own_is_found_as_a_name_only(name: str, text: str, public: str) -> None:
    assert redact(text, (), (name,)) == public


def test_what_the_reporter_took_out_is_read_aloud_as_such() -> None:
    assert spoken("Kata [NAMA] di [DISAMARKAN]") == "Kata (nama orang) di (disamarkan pelapor)"
    assert spoken("[PELAPOR]") == "(pelapor)"
