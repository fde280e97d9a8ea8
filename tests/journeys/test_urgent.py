"""Danger, turns on call, the ombudsman: as people use them over HTTP."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tanggap.accounts.models import OnCallShift
from tanggap.cases.bundle import check_bundle
from tanggap.cases.identity import Contact
from tanggap.cases.models import Case, Inquiry
from tanggap.cases.services.object_to_case import object_to_case
from tanggap.common.clock import frozen
from tanggap.common.crypto import public_key
from tanggap.config.reactions import react
from tanggap.ledger.models import Event
from tanggap.notify.models import Message
from tests.cast import DAY
from tests.journeys.console import footprint, sign_in
from tests.journeys.portal_walk import Walker

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FIRE = "Kebakaran di Pasar Srimangunan, api membesar, tolong segera."
NUMBERS = ("112", "110", "129")


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with frozen(DAY + 4 * HOUR):
        yield


@pytest.fixture
def at_desk(cast):
    return lambda name: sign_in(cast, name)


def text_of(response: Any) -> str:
    return response.content.decode()


def test_the_receipt_of_a_report_of_danger_shows_the_numbers_and_hours_instead_of_days(client: Client) -> None:
    walk = Walker(client)
    walk.to_preview(FIRE)
    assert "Laporan mendesak diperiksa siang dan malam" in walk.page.text
    receipt = walk.press("send")
    assert all(number in receipt.text for number in NUMBERS)
    assert "Senin, 9 November 2026 pukul 15.00 WIB" in receipt.text
    assert "petugas jaga diberi tahu siang dan malam" in receipt.text
    assert Case.objects.get().urgent


def test_the_rest_answer_to_words_of_danger_holds_the_numbers_every_time_and_no_other_answer_does(
    client: Client,
) -> None:
    def send(body: dict[str, Any], key: str) -> Any:
        return client.post(
            "/api/v1/cases", json.dumps(body), content_type="application/json", headers={"Idempotency-Key": key}
        )

    first, again = send({"text": FIRE}, "a"), send({"text": FIRE}, "a")
    assert first.json() == again.json()
    assert all(number in first.json()["emergency"] for number in NUMBERS)
    assert "emergency" not in send({"text": "Lampu jalan padam tiga malam."}, "b").json()


def test_the_receipt_that_is_sent_says_the_numbers_too(submit) -> None:
    case = submit(text=FIRE, contact=Contact(phone="081234567890"), channel="sms").case
    react.func(Event.objects.get(stream=case.stream, name="case.submitted").pk)
    (message,) = Message.objects.filter(template="receipt")
    assert all(number in message.values["text"] for number in NUMBERS)


def test_a_verifier_sees_the_mark_in_the_list_and_takes_it_back_with_a_reason(submit, at_desk) -> None:
    case = submit(text=FIRE).case
    calm = submit().case
    verifier = at_desk("verifier")
    inbox = text_of(verifier.get("/kerja/"))
    assert inbox.count("mendesak") == 1
    assert inbox.index(case.tracking_id) < inbox.index(calm.tracking_id), "hours before days"
    page = text_of(verifier.open(case, "tidak-mendesak"))
    assert "Batas waktu yang biasa berlaku lagi" in page
    assert verifier.do(case, "tidak-mendesak", reason="").status_code == 422
    verifier.do(case, "tidak-mendesak", reason="Hanya latihan pemadam.")
    assert not Case.objects.get(pk=case.pk).urgent
    page = text_of(verifier.open(case))
    assert "Tanda mendesak dicabut" in page
    assert "Hanya latihan pemadam." in page
    verifier.do(case, "mendesak", reason="Ternyata benar.")
    assert Case.objects.get(pk=case.pk).urgent


def test_who_cannot_verify_finds_no_such_button_and_no_such_address(case_in, at_desk) -> None:
    case = case_in("forwarded")
    before = footprint(case)
    for name in ("officer", "leader", "ombudsman", "evaluator"):
        assert "Tandai mendesak" not in text_of(at_desk(name).open(case))
        assert at_desk(name).do(case, "mendesak", reason="Saya mau.").status_code == 404
    assert footprint(case) == before


def shift_form(cast, **given: Any) -> dict[str, Any]:
    person = cast.person("inspector").pk
    return {"person": person, "starts_at": "2026-11-09T16:00", "ends_at": "2026-11-10T07:30", **given}


def test_a_coordinator_plans_who_is_called_at_night(cast, at_desk) -> None:
    verifier = at_desk("verifier")
    page = text_of(verifier.get("/kerja/piket/"))
    assert "Belum ada giliran jaga" in page
    assert "Verifier" in page, "without a turn the coordinators are called"
    assert verifier.post("/kerja/piket/", shift_form(cast)).status_code == 302
    shift = OnCallShift.objects.get()
    assert shift.starts_at == DAY + 7 * HOUR
    assert shift.ends_at == DAY + 22.5 * HOUR
    assert "Inspector" in text_of(verifier.get("/kerja/piket/"))
    with frozen(DAY + 8 * HOUR):
        assert "sedang berjaga" in text_of(verifier.get("/kerja/piket/"))
    assert verifier.post(f"/kerja/piket/{shift.pk}/hapus/").status_code == 302
    assert not OnCallShift.objects.exists()


def test_what_cannot_be_is_given_back_and_nothing_is_written(cast, at_desk) -> None:
    verifier = at_desk("verifier")
    wrong = verifier.post("/kerja/piket/", shift_form(cast, ends_at="2026-11-09T15:00"))
    assert wrong.status_code == 422
    assert "Selesainya harus sesudah mulainya." in text_of(wrong)
    assert 'value="2026-11-09T15:00"' in text_of(wrong)
    assert verifier.post("/kerja/piket/", shift_form(cast, person=cast.person("officer").pk)).status_code == 422
    assert verifier.post("/kerja/piket/", {}).status_code == 422
    assert verifier.get("/kerja/piket/", {"instansi": "35.02"}).status_code == 404
    assert verifier.post("/kerja/piket/?instansi=35.02", shift_form(cast)).status_code == 404
    assert not OnCallShift.objects.exists()
    for name in ("officer", "inspector", "leader", "ombudsman"):
        assert at_desk(name).get("/kerja/piket/").status_code == 404
        assert at_desk(name).post("/kerja/piket/", shift_form(cast)).status_code == 404


def test_another_agency_s_turn_does_not_exist(cast, at_desk) -> None:
    at_desk("verifier").post("/kerja/piket/", shift_form(cast))
    shift = OnCallShift.objects.get()
    assert at_desk("outsider").post(f"/kerja/piket/{shift.pk}/hapus/").status_code == 404
    assert OnCallShift.objects.exists()


def test_the_ombudsman_asks_and_the_agency_answers_and_the_citizen_reads_nothing_of_it(
    case_in, at_desk, cast, client
) -> None:
    case = case_in("in_progress")
    ombudsman, officer = at_desk("ombudsman"), at_desk("officer")
    page = text_of(ombudsman.open(case))
    assert "Tanya instansi" in page, "the box that opens by itself"
    ombudsman.do(case, "tanya-instansi", question="Mengapa zqtanyazq belum diganti?")
    inquiry = Inquiry.objects.get()
    page = text_of(officer.open(case))
    assert "zqtanyazq" in page
    assert "Senin, 16 November 2026 pukul 23.59 WIB" in page
    assert f"/kerja/l/{case.tracking_id}/jawab-ombudsman/" in page
    assert officer.open(case, "jawab-ombudsman").status_code == 200
    empty = officer.do(case, "jawab-ombudsman", inquiry=inquiry.pk, answer="")
    assert empty.status_code == 422
    officer.do(case, "jawab-ombudsman", inquiry=inquiry.pk, answer="Panel zqjawabzq dipesan.")
    assert "zqjawabzq" in text_of(ombudsman.open(case))
    for reader in (client, _reporter(client, cast)):
        public = text_of(reader.get(f"/l/{case.tracking_id}"))
        assert "zqtanyazq" not in public
        assert "zqjawabzq" not in public
    assert at_desk("verifier").do(case, "jawab-ombudsman", inquiry=inquiry.pk, answer="Lagi.").status_code in (409, 422)
    inquiry.refresh_from_db()
    assert inquiry.answer == "Panel zqjawabzq dipesan."


def _reporter(client: Client, cast) -> Client:
    signed_in = Client()
    signed_in.force_login(cast.person("citizen"), backend="allauth.account.auth_backends.AuthenticationBackend")
    return signed_in


def test_nobody_but_the_ombudsman_asks_over_http(case_in, at_desk) -> None:
    case = case_in("in_progress")
    for name in ("verifier", "officer", "inspector", "national_admin", "leader"):
        assert at_desk(name).do(case, "tanya-instansi", question="Mengapa?").status_code == 404
    assert not Inquiry.objects.exists()


def test_the_bundle_is_taken_by_a_button_by_the_ombudsman_alone(case_in, at_desk) -> None:
    case = case_in("answered")
    path = f"/kerja/paket/{case.tracking_id}/"
    ombudsman = at_desk("ombudsman")
    assert "Ambil paket laporan" in text_of(ombudsman.open(case))
    assert ombudsman.get(path).status_code == 405
    taken = ombudsman.post(path)
    assert taken.status_code == 200
    assert taken["Content-Type"] == "application/zip"
    assert "no-store" in taken["Cache-Control"]
    assert case.tracking_id in taken["Content-Disposition"]
    assert check_bundle(taken.content, key=public_key()) == []
    with zipfile.ZipFile(io.BytesIO(taken.content)) as archive:
        assert json.loads(archive.read("laporan.json"))["case"]["tracking_id"] == case.tracking_id
    for name in ("verifier", "officer", "inspector", "national_admin", "evaluator"):
        assert "Ambil paket laporan" not in text_of(at_desk(name).open(case))
        assert at_desk(name).post(path).status_code == 404
    assert Event.objects.filter(stream=case.stream, name="case.bundle_exported").count() == 1


def test_the_reporter_lets_the_ombudsman_know_chosen_fields_and_takes_it_back(case_in, cast) -> None:
    contact = Contact(name="Siti", phone="081234567890", person_id=cast.person("citizen").pk)
    case = case_in("answered", contact=contact)
    reporter = _reporter(Client(), cast)
    path = f"/l/{case.tracking_id}"
    assert "Ombudsman dan identitas Anda" not in text_of(reporter.get(path)), "only once an objection was made"
    object_to_case(
        tracking_id=case.tracking_id,
        text="Masih padam.",
        actor=cast["citizen"].proving(case.pk),
        now=DAY + 3 * HOUR,
    )
    page = text_of(reporter.get(path))
    assert "Ombudsman dan identitas Anda" in page
    assert 'value="phone"' in page
    assert 'value="address"' not in page, "what was never given is not asked about"
    assert reporter.post(f"{path}/ombudsman", {"fields_known": ["phone"]}).status_code == 302
    assert "checked" in text_of(reporter.get(path)).split("Ombudsman dan identitas Anda")[1].split("</details>")[0]
    reporter.post(f"{path}/ombudsman", {})
    events = Event.objects.filter(stream=case.stream, name="case.ombudsman_consent").order_by("seq")
    assert [event.data["fields"] for event in events] == [["phone"], []]
    stranger = Client()
    assert stranger.post(f"{path}/ombudsman", {"fields_known": ["phone"]}).status_code == 403
    assert "Ombudsman dan identitas Anda" not in text_of(stranger.get(path))
