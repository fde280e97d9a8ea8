"""Messages as officers see them: what waits, what failed, what they say, what they cost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection

from tanggap.common.clock import frozen
from tanggap.directory.selectors import agency_by_code
from tanggap.ledger.models import Event
from tanggap.notify.models import Cap, ChannelHealth, Message, MessageState, Price, Wording
from tanggap.notify.outgoing import Way
from tanggap.notify.services.enqueue import enqueue
from tanggap.notify.services.set_wording import set_wording
from tanggap.notify.templates import TEMPLATES
from tanggap.notify.tests.making import CHAT, MAIL, PHONE, outgoing
from tests.cast import DAY
from tests.counting import Statements
from tests.journeys.console import sign_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
ROOMS = ("", "gagal/", "kata/", "kata/final_answer/email/id/", "biaya/")
MOST_STATEMENTS = 14
SECRET_ADDRESS = "pelapor.rahasia@contoh.id"


@pytest.fixture(autouse=True)
def _monday():
    with frozen(DAY + 4 * HOUR):
        yield


@pytest.fixture
def at_desk(cast):
    return lambda name: sign_in(cast, name)


def body_of(code: str) -> str:
    return f"agency:{agency_by_code(code).pk}"


def message(case: Any, key: str, state: str = "failed", **given: Any) -> Message:
    """A message about a case in a state, as the outbox holds it."""
    usual = {
        "stream": case.stream,
        "payer": f"agency:{case.body_id}",
        "due_at": DAY,
        "not_before": DAY,
        "ways": [MAIL],
    }
    row = enqueue(outgoing(key, **{**usual, **given}), now=DAY)
    if row.state == MessageState.PENDING:
        Message.objects.filter(pk=row.pk).update(state=state, error="550 kotak surat tidak ada")
    return Message.objects.get(pk=row.pk)


def text_of(page: Any) -> str:
    return unescape(page.content.decode())


def words_of_page(page: Any) -> str:
    """The page as it reads: tags away, spaces single."""
    return " ".join(re.sub(r"<[^>]+>", " ", text_of(page)).split())


def test_only_coordinators_and_national_admins_enter(at_desk) -> None:
    for name in ("officer", "inspector", "leader", "ombudsman", "evaluator", "unit_head"):
        for room in ROOMS:
            assert at_desk(name).get(f"/kerja/pesan/{room}").status_code == 404, (name, room)
    for room in ROOMS:
        assert at_desk("national_admin").get(f"/kerja/pesan/{room}").status_code == 200, room
    coordinator = at_desk("verifier")
    assert [coordinator.get(f"/kerja/pesan/{room}").status_code for room in ROOMS] == [200, 200, 404, 404, 200]


def test_with_every_provider_down_the_page_says_what_waits_since_when_and_when_it_is_tried_again(
    at_desk, case_in
) -> None:
    case = case_in("forwarded")
    for number, way in enumerate((MAIL, PHONE, CHAT)):
        message(case, f"w{number}", state="pending", ways=[way])
        ChannelHealth.objects.update_or_create(
            brand="nasional",
            channel=way.channel,
            defaults={
                "failing_since": DAY + HOUR,
                "retry_at": DAY + 5 * HOUR,
                "last_error": "503 layanan tidak tersedia",
                "last_error_at": DAY + 3 * HOUR,
                "failures": 4,
            },
        )
    page = words_of_page(at_desk("national_admin").get("/kerja/pesan/"))
    assert "3 kanal sedang terganggu." in page
    assert "Tidak menjawab sejak Senin, 9 November 2026 pukul 10.00 WIB. Dicoba lagi" in page
    assert "503 layanan tidak tersedia" in page
    for channel in ("surel", "SMS", "WhatsApp"):
        assert channel in page
    own = words_of_page(at_desk("verifier").get("/kerja/pesan/"))
    assert "3 pesan menunggu." in own
    assert "503" not in own, "what the provider says is for whoever keeps the contract"
    assert "0 pesan" in words_of_page(at_desk("outsider").get("/kerja/pesan/"))


def test_a_dead_letter_names_post_and_number_but_no_address_and_no_text(at_desk, case_in) -> None:
    case = case_in("forwarded", secret=True, text="Pemalakan di terminal Sampang setiap malam Jumat.")
    reporter = message(
        case,
        "r1",
        template="final_answer",
        ways=[Way("email", SECRET_ADDRESS)],
        recipient_role="reporter",
        recipient_key="reporter:1",
        recipient_name="Siti Pelapor",
        values={"text": "isi jawaban rahasia", "tracking_id": case.tracking_id},
    )
    message(case, "o1", recipient_role="liaison_officer", recipient_name="Budi Petugas")
    for name in ("national_admin", "verifier"):
        page = text_of(at_desk(name).get("/kerja/pesan/gagal/"))
        assert case.tracking_id in page
        assert "Pejabat penghubung: Budi Petugas" in page
        assert "untuk Pelapor" in page
        assert "550 kotak surat tidak ada" in page
        for hidden in (SECRET_ADDRESS, "Siti", "isi jawaban", "Pemalakan", "petugas@contoh.id"):
            assert hidden not in page, hidden
    assert reporter.address_sealed is not None


def test_a_coordinator_lists_and_resends_nothing_about_a_case_he_may_not_see(at_desk, case_in, submit) -> None:
    mine = message(case_in("forwarded"), "mine")
    accused = submit(agency="35.27", about=["35.27"], classification="supervisory_complaint", secret=True).case
    hidden = message(accused, "hidden", payer=body_of("35.27"))
    mail = enqueue(outgoing("konto", stream="", payer="", template="account_mail"), now=DAY)
    Message.objects.filter(pk=mail.pk).update(state="failed")
    verifier = at_desk("verifier")
    page = text_of(verifier.get("/kerja/pesan/gagal/"))
    assert f'value="{mine.pk}"' in page
    assert f'value="{hidden.pk}"' not in page
    assert accused.tracking_id not in page
    assert f'value="{mail.pk}"' not in page
    verifier.post("/kerja/pesan/gagal/kirim-lagi/", {"satu": [str(hidden.pk)]})
    verifier.post("/kerja/pesan/gagal/kirim-lagi/", {"id": [str(hidden.pk), str(mail.pk)]})
    assert set(Message.objects.filter(pk__in=[hidden.pk, mail.pk]).values_list("state", flat=True)) == {"failed"}
    nation = text_of(at_desk("national_admin").get("/kerja/pesan/gagal/"))
    assert all(f'value="{row.pk}"' in nation for row in (mine, hidden, mail))
    outsider = at_desk("outsider")
    assert f'value="{mine.pk}"' not in text_of(outsider.get("/kerja/pesan/gagal/"))
    outsider.post("/kerja/pesan/gagal/kirim-lagi/", {"satu": [str(mine.pk)]})
    assert Message.objects.get(pk=mine.pk).state == "failed"


def test_kirim_lagi_puts_one_or_the_whole_page_back_in_the_line_once(at_desk, case_in, cast) -> None:
    case = case_in("forwarded")
    rows = [message(case, f"m{number}") for number in range(4)]
    verifier = at_desk("verifier")
    answer = verifier.post(
        "/kerja/pesan/gagal/kirim-lagi/",
        {"satu": str(rows[0].pk), "id": [row.pk for row in rows], "next": "/kerja/pesan/gagal/?kanal=email"},
    )
    assert answer.headers["Location"] == "/kerja/pesan/gagal/?kanal=email"
    assert [Message.objects.get(pk=row.pk).state for row in rows] == ["pending", "failed", "failed", "failed"]
    again = Event.objects.get(stream=f"message:{rows[0].pk}", name="message.sent_again")
    assert again.actor == cast.person("verifier").key
    verifier.post("/kerja/pesan/gagal/kirim-lagi/", {"id": [row.pk for row in rows], "next": "https://contoh.id/"})
    assert set(Message.objects.values_list("state", flat=True)) == {"pending"}
    page = verifier.client.post("/kerja/pesan/gagal/kirim-lagi/", {"id": [rows[0].pk]}, follow=True)
    assert "Tidak ada pesan yang dikirim lagi" in text_of(page)
    assert Event.objects.filter(name="message.sent_again").count() == 4


def test_a_post_without_anybody_is_an_alarm_with_a_way_to_fill_it(at_desk, case_in) -> None:
    message(case_in("forwarded"), "v1", ways=[], recipient_role="unit_head")
    page = text_of(at_desk("verifier").get("/kerja/pesan/gagal/"))
    assert "Tidak ada penerima" in page
    assert "untuk Kepala unit" in words_of_page(at_desk("verifier").get("/kerja/pesan/gagal/"))
    assert 'href="/kerja/orang/"' in page
    assert "Kirim lagi" not in page


def test_dead_letters_are_narrowed_and_paged_without_gap_or_repetition(at_desk, case_in) -> None:
    case = case_in("forwarded")
    made = [message(case, f"p{number}").pk for number in range(60)]
    message(case, "sms", ways=[PHONE], template="letter_1")
    admin = at_desk("national_admin")
    page, seen = admin.get("/kerja/pesan/gagal/?kanal=email"), []
    for _page in range(5):
        seen += re.findall(r'name="id" value="(\d+)"', text_of(page))
        found = re.search(r'href="(\?[^"]*cursor=[^"]+)" rel="next"', page.content.decode())
        if not found:
            break
        assert "kanal=email" in unescape(found[1])
        page = admin.get("/kerja/pesan/gagal/" + unescape(found[1]))
    assert [int(number) for number in seen] == sorted(made, reverse=True)
    assert "Surat teguran pertama</h3>" in text_of(admin.get("/kerja/pesan/gagal/?pesan=letter_1"))
    for nonsense in ("kanal=%00", "pesan=<script>", "cursor=zz", "kanal=email&cursor=%ff"):
        assert admin.get(f"/kerja/pesan/gagal/?{nonsense}").status_code == 200, nonsense


@pytest.mark.parametrize("name", ["national_admin", "verifier"])
def test_no_room_costs_more_statements_the_more_there_is(at_desk, case_in, name) -> None:
    somebody = at_desk(name)
    rooms = [room for room in ROOMS if name == "national_admin" or not room.startswith("kata")]

    def cost() -> list[int]:
        counted = []
        for room in rooms:
            somebody.get(f"/kerja/pesan/{room}")
            with Statements(connection) as caught:
                assert somebody.get(f"/kerja/pesan/{room}").status_code == 200
            counted.append(sum("referencerevision" not in query["sql"] for query in caught.captured_queries))
        return counted

    case = case_in("forwarded")
    message(case, "a1")
    few = cost()
    for number in range(40):
        message(case_in("forwarded"), f"b{number}", state=("failed", "pending")[number % 2])
    assert all(now <= before for now, before in zip(cost(), few, strict=True))
    assert max(few) <= MOST_STATEMENTS, few


def test_every_message_is_listed_with_an_example_and_read_in_both_kinds_of_case(at_desk) -> None:
    admin = at_desk("national_admin")
    page = text_of(admin.get("/kerja/pesan/kata/"))
    for template in TEMPLATES.values():
        listed = f"/kerja/pesan/kata/{template.name}/email/id/" in page
        assert listed is bool(template.fields), template.name
        assert f">{template.name}<" not in page, "a message is called by its title"
    one = words_of_page(admin.get("/kerja/pesan/kata/final_answer/email/id/"))
    ordinary, guarded = one.split("Contoh: laporan biasa")[1].split("Contoh: laporan rahasia")
    assert "Lampu sudah diganti" in ordinary
    assert "Lampu" not in guarded.split("Ubah kata-katanya")[0]
    assert "K7M2-9QXA-V" in guarded
    sms = words_of_page(admin.get("/kerja/pesan/kata/final_answer/sms/id/"))
    assert re.search(r"\d+ huruf, 1 SMS\.", sms)
    for path in ("account_mail/email/id", "final_answer/fax/id", "final_answer/email/jv", "x/sms/id"):
        assert admin.get(f"/kerja/pesan/kata/{path}/").status_code == 404, path
        assert admin.post(f"/kerja/pesan/kata/{path}/kembalikan/").status_code == 404, path


def test_own_words_are_used_recorded_and_set_back(at_desk, cast) -> None:
    admin = at_desk("national_admin")
    path = "/kerja/pesan/kata/final_answer/sms/id/"
    answer = admin.post(path, {"body": "Laporan {tracking_id} dijawab. Baca di {link}"})
    assert answer.status_code == 302
    page = words_of_page(admin.get(path))
    assert "Laporan K7M2-9QXA-V dijawab. Baca di https://lapor.contoh.go.id" in page
    assert "Kata-kata instansi Anda" in page
    changed = Event.objects.get(name="wording.changed")
    assert changed.stream == "wording:final_answer/sms/id"
    assert changed.actor == cast.person("national_admin").key
    assert changed.data["body"] == "Laporan {tracking_id} dijawab. Baca di {link}"
    assert "1 diubah" in words_of_page(admin.get("/kerja/pesan/kata/"))
    admin.post(path + "kembalikan/")
    assert not Wording.objects.exists()
    assert Event.objects.filter(name="wording.reset").count() == 1
    admin.post(path + "kembalikan/")
    assert Event.objects.filter(name="wording.reset").count() == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Laporan {nomor} dijawab, lihat {tautan}.", "Isian ini tidak dikenal: {nomor}, {tautan}."),
        ("Laporan {Tracking_Id}", "Isian ini tidak dikenal: {Tracking_Id}."),
        ("{tracking_id.__class__}", "Isian ini tidak dikenal: {tracking_id.__class__}."),
        ("Laporan {tracking_id sudah dijawab", "Ada kurung kurawal tanpa pasangan."),
        ("   ", "Tulis isi pesannya."),
        ("x" * 5000, "4000"),
    ],
)
def test_words_that_cannot_be_filled_are_refused_with_a_sentence_and_kept_in_the_box(at_desk, words, sentence) -> None:
    page = at_desk("national_admin").post("/kerja/pesan/kata/final_answer/email/id/", {"subject": "S", "body": words})
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert words.strip()[:60] in text_of(page)
    assert not Wording.objects.exists()


def test_an_sms_that_is_too_long_is_kept_with_a_warning_of_its_length(at_desk) -> None:
    admin = at_desk("national_admin")
    path = "/kerja/pesan/kata/final_answer/sms/id/"
    assert admin.post(path, {"body": "Kabar gembira. " * 14 + "{tracking_id} {link}"}).status_code == 302
    page = words_of_page(admin.get(path))
    assert re.search(r"Tanpa dipendekkan contoh ini 2\d\d huruf, 2 SMS\.", page)
    assert "dipendekkan" in words_of_page(admin.get("/kerja/pesan/kata/"))


def test_words_of_the_database_are_escaped_in_the_preview(at_desk, cast) -> None:
    set_wording(
        template="final_answer", channel="email", language="id", subject="<b>x</b>", body="<script>1</script>",
        actor_key=cast.person("national_admin").key, now=DAY,
    )  # fmt: skip
    page = at_desk("national_admin").get("/kerja/pesan/kata/final_answer/email/id/").content.decode()
    assert "<script>1" not in page
    assert "<b>x</b>" not in page


def paid(case: Any, key: str, cost: str, **given: Any) -> None:
    row = message(case, key, state="sent", **given)
    Message.objects.filter(pk=row.pk).update(cost=Decimal(cost), sent_at=DAY)


def test_the_page_of_costs_says_spent_forecast_per_case_channel_and_body(at_desk, case_in) -> None:
    first, second = case_in("forwarded"), case_in("forwarded")
    paid(first, "c1", "300", ways=[PHONE])
    paid(first, "c2", "500", ways=[CHAT])
    paid(second, "c3", "400", ways=[CHAT])
    late = message(first, "c4", state="sent")
    Message.objects.filter(pk=late.pk).update(cost=Decimal(9999), sent_at=DAY - timedelta(days=40))
    page = words_of_page(at_desk("national_admin").get("/kerja/pesan/biaya/"))
    assert "Rp1.200 terpakai bulan ini" in page
    # November 2026 has 21 working days, of which six have begun on Monday the ninth.
    assert "Rp4.200 perkiraan sebulan: yang terpakai selama 6 hari kerja, diteruskan sampai 21 hari kerja" in page
    assert "Rp600 per laporan, dari 2 laporan dengan pesan berbayar" in page
    assert "WhatsApp Rp900 2 Rp450" in page
    assert "Pemerintah Kabupaten Sampang Rp1.200 3 Rp600" in page
    own = words_of_page(at_desk("verifier").get("/kerja/pesan/biaya/"))
    assert "Rp1.200 terpakai bulan ini" in own
    assert "Rp0 terpakai bulan ini" in words_of_page(at_desk("outsider").get("/kerja/pesan/biaya/"))


def test_what_was_spent_on_a_case_kept_from_the_accused_is_not_in_their_sums(at_desk, case_in, submit) -> None:
    paid(case_in("forwarded"), "c1", "300")
    accused = submit(agency="35.27", about=["35.27"], classification="supervisory_complaint", secret=True).case
    paid(accused, "c2", "777", payer=body_of("35.27"))
    assert "Rp300 terpakai" in words_of_page(at_desk("verifier").get("/kerja/pesan/biaya/"))
    assert "Rp1.077 terpakai" in words_of_page(at_desk("national_admin").get("/kerja/pesan/biaya/"))


@pytest.mark.parametrize(("amount", "words"), [("1000", "Habis: hanya pesan pokok"), ("1400", "Lebih dari 80 persen"),
                                               ("5000", "Cukup")])  # fmt: skip
def test_a_cap_says_whether_it_is_nearly_or_wholly_used_up(at_desk, case_in, amount, words) -> None:
    paid(case_in("forwarded"), "c1", "1200")
    Cap.objects.create(brand="", payer=body_of("35.27"), amount=Decimal(amount), valid_from=date(2026, 1, 1))
    for name in ("national_admin", "verifier"):
        assert words in words_of_page(at_desk(name).get("/kerja/pesan/biaya/")), name
    assert "Belum ada batas." in words_of_page(at_desk("outsider").get("/kerja/pesan/biaya/"))


def test_a_national_admin_adds_dated_prices_and_caps(at_desk, cast) -> None:
    admin = at_desk("national_admin")
    price = {
        "harga-channel": "sms",
        "harga-amount": "315,5",
        "harga-valid_from": "2026-12-01",
        "harga-source": "Kontrak 7",
    }
    assert admin.post("/kerja/pesan/biaya/harga/", price).status_code == 302
    row = Price.objects.get(valid_from=date(2026, 12, 1), channel="sms")
    assert row.amount == Decimal("315.50")
    cap = {"batas-brand": "", "batas-agency": "35.27", "batas-amount": "Rp 5.000.000", "batas-valid_from": "2026-11-09"}
    assert admin.post("/kerja/pesan/biaya/batas/", cap).status_code == 302
    assert Cap.objects.get().payer == body_of("35.27")
    events = dict(Event.objects.filter(name__in=("price.added", "cap.added")).values_list("name", "actor"))
    assert events == dict.fromkeys(("price.added", "cap.added"), cast.person("national_admin").key)
    page = words_of_page(admin.get("/kerja/pesan/biaya/"))
    assert "Kontrak 7" in page
    assert "Pemerintah Kabupaten Sampang Cukup Rp5.000.000" in page
    for wrong, sentence in (
        ({**price, "harga-amount": "315"}, "Sudah ada harga kanal ini untuk tanggal itu."),
        ({**price, "harga-amount": "-1", "harga-valid_from": "2027-01-01"}, "Tulis jumlah rupiah antara 0 dan"),
        ({**price, "harga-amount": "9", "harga-valid_from": "2026-11-08"}, "Tanggal berlakunya hari ini"),
        ({**price, "harga-amount": "NaN"}, ""),
    ):
        refused = admin.post("/kerja/pesan/biaya/harga/", wrong)
        assert refused.status_code == 422
        assert sentence in text_of(refused)
    unit = admin.post("/kerja/pesan/biaya/batas/", {**cap, "batas-agency": "35.27/dinkes"})
    assert "Biaya unit dibayar pemerintah" in text_of(unit)
    assert admin.post("/kerja/pesan/biaya/batas/", cap).status_code == 422
    assert Price.objects.filter(source="Kontrak 7").count() == 1
    assert Cap.objects.count() == 1


def test_a_coordinator_changes_no_price_and_no_cap(at_desk) -> None:
    verifier = at_desk("verifier")
    for room in ("harga/", "batas/"):
        assert verifier.post(f"/kerja/pesan/biaya/{room}", {}).status_code == 404
    assert "Catat harga" not in text_of(verifier.get("/kerja/pesan/biaya/"))
