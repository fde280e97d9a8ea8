"""Letters over HTTP: who finds them, signs, enters numbers, orders; and what the public page tells."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tanggap.accounts.models import Membership, Person
from tanggap.cases.models import Case
from tanggap.common.clock import frozen
from tanggap.directory.selectors import agency_by_code
from tanggap.escalation.models import Instruction, Letter, LetterPolicy
from tanggap.escalation.services.send_daily_lists import send_daily_lists
from tanggap.escalation.services.sweep_at import sweep_at
from tanggap.notify.models import Message
from tests.cast import DAY, WIB, Cast
from tests.journeys.console import Officer, sign_in

pytestmark = pytest.mark.django_db
CaseIn = Callable[..., Case]
WEDNESDAY = datetime(2026, 11, 11, 8, 0, tzinfo=WIB)
LIST = "/kerja/surat/"


@pytest.fixture
def sekda(cast: Cast) -> str:
    person = Person.objects.create(email="sekda@contoh.id", name="Sari Wulandari", password="!")
    since = DAY.date() - timedelta(days=9)
    Membership.objects.create(person=person, agency=agency_by_code("35.27"), role="sekda", starts_on=since)
    cast.people["sekda"] = person
    return "sekda"


def letter_of(case_in: CaseIn, *, count: int = 1, unit: str = "35.27/dinkes") -> Letter:
    for _number in range(count):
        case_in("forwarded", unit=unit)
    sweep_at(at=WEDNESDAY)
    return Letter.objects.latest("pk")


def page_of(officer: Officer, letter: Letter) -> Any:
    return officer.get(f"{LIST}{letter.pk}/")


def test_the_government_the_addressee_and_oversight_find_a_letter_and_nobody_else(
    case_in: CaseIn, cast: Cast, sekda: str
) -> None:
    letter = letter_of(case_in)
    found = {name for name in cast.people if name != "citizen" and _finds(cast, name, letter)}
    assert found == {"verifier", "sekda", "unit_head", "inspector", "national_admin", "ombudsman"}
    assert Client().get(f"{LIST}{letter.pk}/").status_code == 303


def _finds(cast: Cast, name: str, letter: Letter) -> bool:
    officer = sign_in(cast, name)
    shown, listed = page_of(officer, letter), officer.get(LIST)
    found = shown.status_code == 200
    assert found is (letter.number in listed.content.decode()), name
    paper = officer.get(f"{LIST}{letter.pk}/naskah.pdf")
    if paper.streaming:
        b"".join(paper.streaming_content)
    assert (paper.status_code == 200) is found, name
    return found


def test_the_paper_is_handed_out_byte_for_byte(case_in: CaseIn, cast: Cast) -> None:
    letter = letter_of(case_in)
    answered = sign_in(cast, "verifier").get(f"{LIST}{letter.pk}/naskah.pdf")
    assert sha256(b"".join(answered.streaming_content)).hexdigest() == letter.sha256
    assert 'filename="surat-001-2026.pdf"' in answered["Content-Disposition"]


def test_whom_a_guarded_case_is_about_sees_neither_its_row_nor_the_paper(case_in: CaseIn, cast: Cast) -> None:
    plain, hidden = case_in("forwarded", unit="35.27/dinkes"), case_in("forwarded", unit="35.27/dinkes")
    sweep_at(at=WEDNESDAY)
    letter = Letter.objects.get()
    hidden.subjects.create(agency=agency_by_code("35.27/dinkes"))
    Case.objects.filter(pk=hidden.pk).update(secret=True, guarded=True)
    head = sign_in(cast, "unit_head")
    words = page_of(head, letter).content.decode()
    assert plain.tracking_id in words
    assert hidden.tracking_id not in words
    assert letter.sha256 not in words
    assert head.get(f"{LIST}{letter.pk}/naskah.pdf").status_code == 404
    assert "1 laporan" in sign_in(cast, "unit_head").get(LIST).content.decode()
    words = page_of(sign_in(cast, "verifier"), letter).content.decode()
    assert hidden.tracking_id in words
    assert words.count(plain.title) == 1


def test_a_letter_that_waits_is_signed_in_the_queue(case_in: CaseIn, cast: Cast, sekda: str) -> None:
    LetterPolicy.objects.create(agency=agency_by_code("35.27"), signing=True)
    letter = letter_of(case_in, count=2)
    coordinator = sign_in(cast, "verifier")
    assert "menunggu pejabat penanda tangan" in coordinator.get(LIST).content.decode()
    assert coordinator.post(f"{LIST}{letter.pk}/tandatangani/").status_code == 404
    assert page_of(sign_in(cast, "unit_head"), letter).status_code == 404
    with frozen(WEDNESDAY + timedelta(hours=1)):
        signed = sign_in(cast, sekda).post(f"{LIST}{letter.pk}/tandatangani/", follow=True)
    assert "ditandatangani dan dikirim" in signed.content.decode()
    letter.refresh_from_db()
    assert (letter.state, letter.number) == ("issued", "001/SP4N/35.27/XI/2026")
    again = sign_in(cast, sekda).post(f"{LIST}{letter.pk}/tandatangani/", follow=True)
    assert "sudah ditandatangani" in again.content.decode()


def test_an_official_number_is_entered_and_a_wrong_file_is_refused_with_words(case_in: CaseIn, cast: Cast) -> None:
    letter = letter_of(case_in)
    coordinator = sign_in(cast, "verifier")
    path = f"{LIST}{letter.pk}/nomor/"
    assert coordinator.post(path, {"number": ""}).status_code == 422
    text = SimpleUploadedFile("surat.pdf", b"bukan dokumen")
    refused = coordinator.post(path, {"number": "500/1", "paper": text})
    assert refused.status_code == 422
    assert "tidak diterima" in refused.content.decode()
    assert coordinator.post(path, {"number": "500/1"}).status_code == 302
    letter.refresh_from_db()
    assert letter.external_number == "500/1"
    assert "500/1" in page_of(coordinator, letter).content.decode()


def test_the_register_of_a_day_is_given_as_csv_and_pdf(case_in: CaseIn, cast: Cast) -> None:
    letter = letter_of(case_in, count=2)
    coordinator = sign_in(cast, "verifier")
    day = {"since": "2026-11-11", "until": "2026-11-11"}
    rows = list(csv.DictReader(io.StringIO(coordinator.get(f"{LIST}agenda.csv", day).content.decode())))
    assert [(row["Nomor surat"], row["Tanggal"], row["Laporan"]) for row in rows] == [
        (letter.number, "2026-11-11", "2")
    ]
    assert rows[0]["Kepada"] == "Kepala Dinas Kesehatan, Kabupaten Sampang"
    assert coordinator.get(f"{LIST}agenda.pdf", day).content.startswith(b"%PDF-")
    other = {"since": "2026-11-12", "until": "bukan-hari"}
    assert len(coordinator.get(f"{LIST}agenda.csv", other).content.decode().splitlines()) == 1
    assert len(sign_in(cast, "outsider").get(f"{LIST}agenda.csv").content.decode().splitlines()) == 1


def test_the_secretary_orders_something_and_the_unit_says_it_is_done(case_in: CaseIn, cast: Cast, sekda: str) -> None:
    letter = letter_of(case_in)
    secretary, head = sign_in(cast, sekda), sign_in(cast, "unit_head")
    path = f"{LIST}{letter.pk}/perintah/"
    with frozen(WEDNESDAY):
        order = {"text": "Selesaikan dan laporkan kepada saya.", "due_on": "2026-11-13"}
        assert secretary.post(path, {**order, "due_on": "2026-11-01"}).status_code == 422
        assert sign_in(cast, "verifier").post(path, order).status_code == 404
        assert secretary.post(path, order).status_code == 302
        told = Message.objects.filter(template="instruction_given").values_list("recipient_role", flat=True)
        assert sorted(told) == ["liaison_officer", "unit_head"]
        instruction = Instruction.objects.get()
        assert "Selesaikan dan laporkan" in head.get(f"{LIST}perintah/").content.decode()
        done = f"{LIST}perintah/{instruction.pk}/selesai/"
        assert sign_in(cast, "officer").post(done, {f"p{instruction.pk}-outcome": "x"}).status_code == 404
        assert head.post(done, {f"p{instruction.pk}-outcome": ""}).status_code == 422
        assert head.post(done, {f"p{instruction.pk}-outcome": "Sudah dijawab semua."}).status_code == 302
    instruction.refresh_from_db()
    assert (instruction.due_on, instruction.outcome) == (date(2026, 11, 13), "Sudah dijawab semua.")


def test_the_secretary_gets_one_list_a_day_at_the_opening_and_a_page(case_in: CaseIn, cast: Cast, sekda: str) -> None:
    letter_of(case_in)
    before, opening = datetime(2026, 11, 17, 7, 50, tzinfo=WIB), datetime(2026, 11, 17, 8, 0, tzinfo=WIB)
    assert send_daily_lists(now=before) == 0
    assert [send_daily_lists(now=opening), send_daily_lists(now=opening + timedelta(hours=1))] == [1, 0]
    message = Message.objects.get(template="daily_list")
    assert (message.recipient_role, message.values["count"]) == ("sekda", "1")
    assert "Dinas Kesehatan: 1 terlambat" in message.values["list"]
    with frozen(opening):
        words = sign_in(cast, sekda).get(f"{LIST}harian/").content.decode()
    assert "Dinas Kesehatan" in words
    assert sign_in(cast, "verifier").get(f"{LIST}harian/").status_code == 404


def test_a_coordinator_chooses_that_letters_are_signed(case_in: CaseIn, cast: Cast) -> None:
    coordinator = sign_in(cast, "verifier")
    path = f"{LIST}aturan/"
    rules = {"signing": "yes", "signatory_role": "regional_head", "number_format": "{serial}/{year}", "place": ""}
    assert coordinator.post(path, {**rules, "number_format": "{serial}/{agency.__class__}"}).status_code == 422
    assert coordinator.post(path, rules).status_code == 302
    rule = LetterPolicy.objects.get()
    assert (rule.agency.code if rule.agency else "", rule.signing) == ("35.27", True)
    assert sign_in(cast, "officer").get(path).status_code == 404
    assert letter_of(case_in).state == "waiting"


def test_anybody_checks_a_letter_by_its_code_and_learns_nothing_of_its_cases(case_in: CaseIn, cast: Cast) -> None:
    letter = letter_of(case_in, count=2)
    case = Case.objects.filter(taken_steps__letter=letter).first()
    assert case is not None
    answered = Client().get(f"/surat/{letter.verification_code.lower()}/")
    words = answered.content.decode()
    assert answered.status_code == 200
    for shown in (letter.number, letter.sha256, "Pemerintah Kabupaten Sampang", "11 November 2026"):
        assert shown in words
    assert case.tracking_id not in words
    assert case.title not in words
    for unknown in ("0000-0000-0000", "x", "%00", letter.verification_code[:-1]):
        assert Client().get(f"/surat/{unknown}/").status_code == 404
