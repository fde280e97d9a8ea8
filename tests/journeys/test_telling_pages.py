"""What both sides see of messages, ladders and promises; the wish for news; and who counts as having read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from tanggap.cases.models import Case, Pledge, Reporter
from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.services.raise_confidentiality import raise_confidentiality
from tanggap.cases.services.reveal_identity import reveal_identity
from tanggap.cases.services.split_case import split_case
from tanggap.cases.telling.hide import hide_words
from tanggap.cases.tests.telling import BOTH, MAIL, react, told
from tanggap.common.clock import frozen
from tanggap.directory.selectors import agency_by_code
from tanggap.escalation.models import LadderStep, TakenStep
from tanggap.ledger.models import Event
from tanggap.notify.models import Message, MessageState
from tests.cast import DAY, WIB
from tests.journeys.console import sign_in
from tests.paths import HOUR, final, verify

pytestmark = pytest.mark.django_db
NOW = DAY + 28 * HOUR
AT_1042 = datetime(2026, 11, 9, 10, 42, tzinfo=WIB)
PROMISE = "Lampu diganti bersama pengadaan bulan depan, oleh regu penerangan jalan."
FULFILLED = "Regu penerangan mengganti dua lampu di Jalan Randu pada Selasa pagi."


@pytest.fixture(autouse=True)
def _same_week() -> Any:
    with frozen(NOW):
        yield


@pytest.fixture
def answered(submit: Any, cast: Any) -> Any:
    """A receipt whose open case was answered an hour and forty-two minutes after it came."""

    def made(*, draft: Any = None, **given: Any) -> Any:
        receipt = submit(contact=BOTH, channel="whatsapp", **given)
        verify(receipt.case, cast, "35.27/dpupr", DAY + HOUR)
        answer_case(
            tracking_id=receipt.case.tracking_id, draft=draft or final(), actor=cast["officer"], now=DAY + 1.5 * HOUR
        )
        return receipt

    return made


def delivered(case: Case) -> None:
    react()
    Message.objects.filter(stream=case.stream, template="final_answer").update(
        state=MessageState.DELIVERED, sent_at=AT_1042, delivered_at=AT_1042
    )


def public_page(case: Case) -> str:
    return Client().get(f"/l/{case.tracking_id}").content.decode()


def reporter_of(receipt: Any) -> Client:
    client = Client()
    client.post(f"/l/{receipt.case.tracking_id}/kode", {"code": receipt.secret_code})
    return client


def own_page(receipt: Any) -> str:
    return reporter_of(receipt).get(f"/l/{receipt.case.tracking_id}").content.decode()


def office_page(cast: Any, case: Case, name: str = "officer") -> str:
    return sign_in(cast, name).open(case).content.decode()


def step(case: Case, kind: str, clock: str = "first_answer", **given: Any) -> TakenStep:
    """A step as the sweep writes it."""
    rung = LadderStep.objects.filter(ladder__clock=clock, kind=kind).first() or LadderStep.objects.first()
    values = {
        "case": case, "clock": clock, "run": "leg:1", "step": rung, "number": 1, "kind": kind, "state": "taken",
        "due_at": AT_1042, "decided_at": AT_1042, "template": "letter_1", "asked_role": "unit_head",
        "role": "unit_head", "agency": case.agency,
    }  # fmt: skip
    return TakenStep.objects.create(**{**values, **given})


def test_the_reporter_and_the_office_read_under_an_answer_how_it_went_out(answered, cast) -> None:
    receipt = answered()
    delivered(receipt.case)
    assert "Kabar kepada Anda: WhatsApp, sampai 10.42 WIB" in own_page(receipt)
    assert "Kabar kepada pelapor: WhatsApp, sampai 10.42 WIB" in office_page(cast, receipt.case)
    assert "10.42 WIB" not in public_page(receipt.case)


def test_the_office_does_not_learn_by_which_way_an_anonymous_reporter_is_reached(answered, cast) -> None:
    receipt = answered(anonymous=True)
    delivered(receipt.case)
    page = office_page(cast, receipt.case)
    assert "Kabar kepada pelapor: Pesan, sampai 10.42 WIB" in page
    assert "WhatsApp, sampai" not in page


def test_reminders_letters_and_escalations_stand_in_the_public_timeline_with_posts_and_no_names(case_in, cast) -> None:
    case = case_in("in_progress", contact=MAIL)
    step(case, "reminder", asked_role="liaison_officer", role="liaison_officer", template="answer_reminder")
    step(case, "letter_1", run="leg:2")
    step(case, "escalation", run="leg:3", asked_role="regional_head", role="sekda", replaced="vacant")
    page = public_page(case)
    unit, body = case.agency.full_name, case.agency.body.full_name
    assert escape(f"Pengingat tanggapan pertama dikirim kepada pejabat penghubung {unit}") in page
    assert escape(f"Surat teguran 1 (tanggapan pertama) dikirim kepada kepala {unit}") in page
    assert escape(f"Keterlambatan tanggapan pertama dinaikkan kepada sekretaris daerah {body}") in page
    assert "yang kosong" not in page
    for person in cast.people.values():
        assert person.name not in page or person.name == "Warga"
    assert "pengganti Kepala daerah yang kosong" in office_page(cast, case)


def test_a_step_that_reached_nobody_does_not_claim_to_have_been_sent(case_in) -> None:
    case = case_in("in_progress")
    taken = step(case, "letter_1", role="")
    Message.objects.create(
        key="k", stream=case.stream, source=f"step:{taken.pk}", template="letter_1", channel="email",
        state=MessageState.UNDELIVERABLE, created_at=AT_1042, due_at=AT_1042, not_before=AT_1042,
    )  # fmt: skip
    assert "belum sampai, jabatan itu tidak terhubung" in public_page(case)


def test_the_inner_affairs_of_officers_stay_out_of_the_public_timeline(case_in, cast) -> None:
    case = case_in("in_progress")
    step(case, "message", asked_role="liaison_officer", role="liaison_officer", template="case_forwarded")
    step(case, "reminder", run="leg:2", state="skipped")
    step(case, "reminder", clock="inquiry", run="inquiry:1", asked_role="coordinator", role="coordinator")
    page = public_page(case)
    assert "dikirim kepada" not in page
    assert "Dilewati: pengingat tanggapan pertama" in office_page(cast, case)


def test_guarded_cases_show_strangers_no_step(case_in) -> None:
    case = case_in("in_progress", secret=True)
    step(case, "letter_1")
    assert "Surat teguran" not in public_page(case)


def test_a_promise_is_shown_with_its_date_and_settled_in_the_console(answered, cast) -> None:
    day = date(2026, 11, 17)
    draft = final(PROMISE, kind="promised", done_on=None, office="", promised_on=day)
    receipt = answered(draft=draft)
    case = receipt.case
    waiting = "Dijanjikan untuk Selasa, 17 November 2026. Janji ini tetap berlaku walau laporan ditutup."
    assert waiting in public_page(case)
    officer = sign_in(cast, "officer")
    page = officer.open(case).content.decode()
    assert waiting in page
    assert f"/kerja/l/{case.tracking_id}/janji/" in page
    form = officer.open(case, "janji").content.decode()
    assert "Apa yang sudah dikerjakan?" in form
    refused = officer.do(case, "janji", text="Terima kasih, sudah kami tindak lanjuti.")
    assert refused.status_code == 422
    assert Pledge.objects.get().state == "pending"
    assert officer.do(case, "janji", text=FULFILLED).status_code == 302
    assert Pledge.objects.get().state == "kept"
    page = own_page(receipt)
    assert FULFILLED in page
    assert "dikerjakan Selasa, 10 November 2026: janji ditepati." in page
    assert "/janji/" not in officer.open(case).content.decode()


def test_a_broken_promise_says_so_to_everybody(answered) -> None:
    draft = final(PROMISE, kind="promised", done_on=None, office="", promised_on=date(2026, 11, 11))
    receipt = answered(draft=draft)
    with frozen(DAY + timedelta(days=4)):
        assert "Tanggal itu sudah lewat dan belum ada kabar: janji tidak ditepati." in public_page(receipt.case)


def test_only_the_reporter_reading_the_case_counts_as_seen(answered) -> None:
    receipt = answered()
    public_page(receipt.case)
    assert Reporter.objects.get(case=receipt.case).seen_at is None
    client = reporter_of(receipt)
    client.head(f"/l/{receipt.case.tracking_id}")
    assert Reporter.objects.get(case=receipt.case).seen_at is None
    client.get(f"/l/{receipt.case.tracking_id}")
    assert Reporter.objects.get(case=receipt.case).seen_at == NOW


def test_reading_through_the_api_with_the_code_counts_too(answered) -> None:
    receipt = answered()
    address = f"/api/v1/cases/{receipt.case.tracking_id}"
    assert Client().get(address).status_code == 200
    assert Reporter.objects.get(case=receipt.case).seen_at is None
    assert Client().get(address, headers={"X-Secret-Code": receipt.secret_code}).status_code == 200
    assert Reporter.objects.get(case=receipt.case).seen_at == NOW


def test_the_reporter_stops_news_and_starts_them_again(answered) -> None:
    receipt = answered()
    react(now=NOW)
    waiting = Message.objects.filter(stream=receipt.case.stream, state=MessageState.PENDING)
    assert waiting.exists()
    client, address = reporter_of(receipt), f"/l/{receipt.case.tracking_id}"
    client.post(f"{address}/kabar", {"news": "none"})
    assert not waiting.exists()
    assert "Kami tidak mengirim kabar tentang laporan ini." in client.get(address).content.decode()
    client.post(f"{address}/kabar", {"news": "bare"})
    row = Reporter.objects.get(case=receipt.case)
    assert (row.contact_wanted, row.discreet) == (True, True)


def test_nobody_else_stops_a_reporters_news(answered) -> None:
    receipt = answered()
    assert Client().post(f"/l/{receipt.case.tracking_id}/kabar", {"news": "none"}).status_code == 403
    assert Reporter.objects.get(case=receipt.case).contact_wanted


def test_what_became_secret_at_night_does_not_leave_in_the_morning(answered, cast) -> None:
    receipt = answered()
    react()
    rows = Message.objects.filter(stream=receipt.case.stream)
    assert "diganti dua buah" in repr(list(rows.values()))
    raise_confidentiality(
        tracking_id=receipt.case.tracking_id,
        actor=cast["citizen"].proving(receipt.case.pk), now=NOW, secret=True,
    )  # fmt: skip
    hide_words(Event.objects.get(name="case.confidentiality_raised"))
    left = repr(list(rows.values_list("values", flat=True)))
    assert "diganti dua buah" not in left
    assert "Lampu" not in left
    assert "Pekerjaan Umum" not in left


def test_who_asks_to_be_told_without_words_gets_waiting_messages_without_words(answered) -> None:
    receipt = answered()
    react()
    reporter_of(receipt).post(f"/l/{receipt.case.tracking_id}/kabar", {"news": "bare"})
    assert "diganti dua buah" not in repr(list(Message.objects.values_list("values", flat=True)))


def test_a_report_from_a_shared_phone_is_told_without_words(submit) -> None:
    from tanggap.cases.identity import Contact

    case = submit(contact=Contact(email="sri@contoh.id", discreet=True)).case
    assert told(case) == ["receipt"]
    assert Message.objects.get().values["about"] == ""


def test_the_answers_of_the_parts_stand_in_the_one_thread_of_the_citizen(answered, submit, cast) -> None:
    receipt = submit(contact=MAIL)
    verify(receipt.case, cast, "35.27/dpupr", DAY + HOUR)
    number = receipt.case.tracking_id
    parts = split_case(
        tracking_id=number, agencies=[agency_by_code("35.27/dinkes")], actor=cast["verifier"], now=DAY + 2 * HOUR
    )
    answer_case(
        tracking_id=parts[0].tracking_id,
        draft=final("Puskesmas membuka lagi ruang tunggu pada Senin pagi pukul delapan."),
        actor=cast["health_officer"], now=DAY + 3 * HOUR,
    )  # fmt: skip
    page = own_page(receipt)
    assert "Puskesmas membuka lagi ruang tunggu" in page
    assert "Jawaban akhir untuk bagian laporan ini" in page
    assert parts[0].tracking_id not in page


def test_whose_identity_was_opened_reads_the_reason_on_the_page(answered, submit, cast) -> None:
    receipt = submit(contact=MAIL)
    verify(receipt.case, cast, "35.27/dpupr", DAY + HOUR)
    reveal_identity(
        tracking_id=receipt.case.tracking_id, reason="Menjemput barang bukti.", actor=cast["officer"], now=NOW
    )
    assert "Alasannya: Menjemput barang bukti." in own_page(receipt)
    assert "Menjemput barang bukti." not in public_page(receipt.case)


def test_thanks_are_shown_and_stop_no_clock_on_any_page(submit, cast) -> None:
    receipt = submit(contact=MAIL)
    verify(receipt.case, cast, "35.27/dpupr", DAY + HOUR)
    thanks = "Terima kasih atas laporannya, akan segera kami tindak lanjuti."
    assert sign_in(cast, "officer").do(receipt.case, "tanggapan", text=thanks).status_code == 302
    page = own_page(receipt)
    assert thanks in page
    assert "Tanggapan pertama: hari ke-1 dari 5" in page
    answer = Client().get(f"/api/v1/cases/{receipt.case.tracking_id}").json()
    clocks = {clock["name"]: clock for clock in answer["clocks"]}
    assert clocks["first_answer"]["stopped_at"] is None
    assert told(receipt.case) == ["receipt", "case_verified"]
    assert (
        sign_in(cast, "officer").do(receipt.case, "jawaban", text=thanks, answer_kind="information").status_code == 422
    )
