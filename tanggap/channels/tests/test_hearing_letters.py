"""From a letter in the inbox to a report, a reply or work for a person: once, and only for whoever it belongs to."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any

import pytest
from PIL import Image

from tanggap.cases.identity import Contact, open_identity
from tanggap.cases.models import Case
from tanggap.cases.models import Message as Entry
from tanggap.cases.secret_codes import code_is_right
from tanggap.cases.tests.telling import react
from tanggap.channels.email.letter import identity_of, packed, sender_of
from tanggap.channels.models import Chat, Inbound
from tanggap.channels.policies import inbound_visible_to
from tanggap.channels.reading import said_in
from tanggap.channels.services.keep_inbound import Parcel, keep_inbound
from tanggap.channels.services.take_inbound import take_inbound
from tanggap.channels.tests.letter_making import raw, written
from tanggap.directory.models import Brand
from tanggap.directory.selectors import agency_by_code
from tanggap.files.models import StoredFile
from tanggap.notify.models import ChannelConfig, Message, OptOut
from tanggap.notify.outgoing import Outgoing, Way
from tanggap.notify.rendering import own_wordings, rendered
from tanggap.notify.services.enqueue import enqueue
from tanggap.notify.transports.mail_form import message_id
from tanggap.notify.transports.registry import seal_settings
from tests.cast import DAY

pytestmark = pytest.mark.django_db
LAPOR, BUDI, STRANGER = "lapor@lapor.contoh.id", "budi@surel.contoh.id", "orang.lain@surel.contoh.id"
MAIL = Contact(name="Budi", email=BUDI)


@pytest.fixture(autouse=True)
def _door() -> None:
    Brand.objects.get_or_create(slug="nasional", defaults={"name": "LAPOR!", "is_default": True})
    sealed = seal_settings("nasional", "email", {"address": LAPOR, "imap": "imaps://surel.contoh.id/INBOX"})
    ChannelConfig.objects.create(brand="nasional", channel="email", sealed=sealed, updated_at=DAY)


def bring(content: bytes, *, now: Any = DAY, size: int | None = None) -> Inbound:
    """A letter is kept and heard; the row as it is then."""
    name = identity_of(content).hex()[-180:]
    parcel = Parcel(name, packed(content, size or len(content)), sender_of(content))
    keep_inbound(channel="email", brand="nasional", parcels=[parcel], now=now)
    take_inbound(channel="email", now=now)
    return Inbound.objects.get(external_id=name)


def said() -> list[Any]:
    """What was answered by itself, as it leaves."""
    rows = list(Message.objects.filter(template="chat_reply").order_by("id"))
    return [rendered(row, [], own_wordings(rows)) for row in rows]


def sent_as(message: Message) -> str:
    """The Message-ID under which it left."""
    number = message_id(message.key, "lapor.contoh.id")
    Message.objects.filter(pk=message.pk).update(state="sent", provider_id=number, sent_at=DAY)
    return number


def replies(case: Case) -> list[str]:
    return [entry.text for entry in Entry.objects.filter(case=case, kind="reply").order_by("id")]


def picture(side: int = 200) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((side, side), 80).save(out, "JPEG")
    return out.getvalue()


def with_files(*files: MIMEImage, text: str = "Ini fotonya.", **headers: str) -> bytes:
    outer = MIMEMultipart()
    for name, value in {"From": f"Budi <{BUDI}>", "To": LAPOR, "Subject": "Jalan berlubang", **headers}.items():
        outer[name] = value
    for part in (MIMEText(text), *files):
        outer.attach(part)
    return outer.as_bytes()


def test_a_letter_is_a_report_and_its_secret_code_reaches_the_writer_once():
    row = bring(raw("plain"))
    case = Case.objects.get()
    assert (row.state, row.stream) == ("done", case.stream)
    assert (case.channel, case.title) == ("email", "Lampu jalan padam di depan balai desa")
    assert case.narrative.agency_text.endswith("Warga takut lewat.")
    known = open_identity(case)
    assert (known.name, known.email) == ("Budi Santoso", "budi.santoso@surel.contoh.id")
    (letter,) = said()
    code = re.search(r"Kode rahasia: (\S+)", letter.text)
    assert code is not None
    assert code_is_right(case, code[1])
    assert (letter.address, letter.extra["answer_to"]) == ("budi.santoso@surel.contoh.id", case.tracking_id)
    stored = Message.objects.get(template="chat_reply")
    assert code[1] not in repr(vars(stored))
    assert case.tracking_id in letter.subject
    react()
    assert Message.objects.filter(stream=case.stream, template="receipt", channel="email").count() == 1

    bring(raw("plain"))
    assert (Case.objects.count(), Message.objects.filter(template="chat_reply").count()) == (1, 1)


def test_an_answer_to_the_code_belongs_to_the_case_by_what_it_answers():
    bring(written("Lampu padam."))
    case = Case.objects.get()
    answered = sent_as(Message.objects.get(template="chat_reply"))
    row = bring(written("Tiang nomor 12.", Subject="Re: tanpa nomor", In_Reply_To=answered, Message_ID="<t2@x.id>"))
    assert (row.state, row.stream, replies(case)) == ("done", case.stream, ["Tiang nomor 12."])
    assert Case.objects.count() == 1
    assert Message.objects.filter(template="chat_reply").count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"To": "lapor+{number}@lapor.contoh.id"},
        {"To": "pak.lurah@contoh.id", "Delivered_To": "lapor+{number}@lapor.contoh.id"},
        {"Subject": "Re: Jawaban atas laporan {number}"},
    ],
)
def test_a_reply_completes_a_case_that_waits_for_it(case_in, headers):
    case = case_in("on_hold", contact=MAIL)
    given = {name: value.format(number=case.tracking_id) for name, value in headers.items()}
    row = bring(written("Alamatnya Jalan Randu 3.", **given), now=DAY + timedelta(days=9))
    assert (row.state, row.reason) == ("done", "")
    case.refresh_from_db()
    assert (case.state, replies(case)) == ("forwarded", ["Alamatnya Jalan Randu 3."])
    assert Entry.objects.get(case=case, kind="reply").channel == "email"


def test_a_reply_to_what_an_agency_answered_is_found_by_its_message_id(case_in):
    case = case_in("answered", contact=MAIL)
    react()
    answer = Message.objects.get(stream=case.stream, template="final_answer")
    row = bring(written("Belum selesai.", References=sent_as(answer)), now=DAY + timedelta(days=9))
    assert (row.stream, replies(case)) == (case.stream, ["Belum selesai."])


@pytest.mark.parametrize(
    "headers",
    [
        {"From": STRANGER},
        {"Authentication_Results": "mx.contoh.id; dmarc=fail header.from=surel.contoh.id"},
    ],
)
def test_somebody_else_s_case_neither_takes_a_letter_nor_shows_anything(case_in, headers):
    case = case_in("answered", contact=MAIL)
    Message.objects.all().delete()
    row = bring(written("Saya cabut.", To=f"lapor+{case.tracking_id}@lapor.contoh.id", **headers))
    assert (row.state, bool(row.reason), row.stream) == ("stuck", True, "")
    assert replies(case) == []
    assert Case.objects.count() == 1
    assert not Message.objects.exists()
    shown = said_in(row)
    assert shown is not None
    assert shown.text == "Saya cabut."


def test_a_number_nobody_has_and_one_of_somebody_else_look_the_same(case_in, submit):
    case = submit(contact=MAIL).case
    other = submit(contact=Contact(email="x@contoh.id")).case.tracking_id
    Case.objects.filter(tracking_id=other).update(tracking_id="0000-0000-0")
    rows = [
        bring(written("Isi", From=STRANGER, Subject=f"Laporan {number}", Message_ID=f"<{number}@x.id>"))
        for number in (case.tracking_id, other)
    ]
    assert {(row.state, row.reason) for row in rows} == {("stuck", rows[0].reason)}


def test_what_was_disowned_is_no_report_either():
    row = bring(written(Authentication_Results="mx; spf=fail smtp.mailfrom=budi@surel.contoh.id"))
    assert row.state == "stuck"
    assert not Case.objects.exists()
    assert not Message.objects.exists()


def test_an_officer_s_answer_to_a_reminder_waits_for_a_person(case_in):
    case = case_in("forwarded", contact=MAIL)
    reminder = enqueue(
        Outgoing(
            key="step:1", template="answer_reminder", ways=[Way("email", "petugas@contoh.id")], due_at=DAY,
            not_before=DAY, stream=case.stream, recipient_role="liaison_officer",
            recipient_key="person:1", values={"tracking_id": case.tracking_id},
        ),
        now=DAY,
    )  # fmt: skip
    row = bring(written("Siap.", From="petugas@contoh.id", In_Reply_To=sent_as(reminder)))
    assert (row.state, row.reason) == ("stuck", "balasan atas pemberitahuan untuk petugas")
    assert replies(case) == []


@pytest.mark.parametrize("name", ["absence", "bounce_delayed"])
def test_machines_get_no_answer(name):
    row = bring(raw(name))
    assert row.state == "ignored"
    assert row.reason
    assert [table.objects.count() for table in (Case, Message, Chat)] == [0, 0, 0]


def test_a_letter_of_ours_that_came_back_takes_the_next_way_and_its_address_is_remembered(case_in):
    case = case_in("answered", contact=Contact(email="tiada@surel.contoh.id", phone="+6281234567890"))
    react()
    answer = Message.objects.get(stream=case.stream, template="final_answer")
    number = sent_as(answer)
    old = b"<0123456789abcdef0123456789abcdef01234567@lapor.contoh.id>"
    bounce = raw("bounce_rfc3464").replace(old, number.encode())
    row = bring(bounce, now=DAY + timedelta(days=9))
    answer.refresh_from_db()
    assert (row.state, answer.channel, answer.state) == ("ignored", "whatsapp", "pending")
    assert OptOut.objects.get().reason == "bounced"

    bring(written("Surel saya berfungsi lagi.", From="tiada@surel.contoh.id"), now=DAY + timedelta(days=10))
    assert not OptOut.objects.exists()


def test_a_full_mailbox_is_tried_again_another_day(case_in):
    case = case_in("answered", contact=MAIL)
    react()
    answer = Message.objects.get(stream=case.stream, template="final_answer")
    old = b"<0123456789abcdef0123456789abcdef01234567@lapor.contoh.id>"
    bring(raw("bounce_rfc3464").replace(old, sent_as(answer).encode()).replace(b"5.1.1", b"5.2.2"))
    answer.refresh_from_db()
    assert (answer.state, answer.error[:5]) == ("failed", "5.2.2")
    assert not OptOut.objects.exists()


def test_two_machines_that_answer_each_other_come_to_an_end():
    for number in range(23):
        bring(written(f"Isi {number}", Message_ID=f"<{number}@x.id>"))
    states = list(Inbound.objects.order_by("id").values_list("state", flat=True))
    assert states == ["done"] * 20 + ["stuck"] * 3
    assert Message.objects.filter(template="chat_reply").count() == 20
    row = bring(written("Sejam kemudian", Message_ID="<later@x.id>"), now=DAY + timedelta(hours=2))
    assert row.state == "done"


def test_the_words_of_a_wish_and_an_alias_are_followed():
    bring(raw("html_only"))
    case = Case.objects.get()
    assert (case.anonymous, case.secret, case.title) == (True, False, "pungutan di kelurahan")
    assert case.agency == agency_by_code("35.27")
    assert open_identity(case).name == ""
    bring(written("RAHASIA\r\nAda pungutan.", Message_ID="<r@x.id>"))
    assert Case.objects.latest("id").secret


def test_an_alias_nobody_knows_leads_where_the_brand_leads():
    Brand.objects.filter(slug="nasional").update(agency=agency_by_code("33.21"))
    for number, alias in enumerate(("tidak-ada", "sampang")):
        bring(written(To=f"lapor+{alias}@lapor.contoh.id", Message_ID=f"<{number}@x.id>"))
    assert [case.agency.code for case in Case.objects.order_by("id")] == ["33.21", "35.27"]


def test_pictures_come_along_and_what_cannot_be_taken_is_said_kindly():
    bad = MIMEImage(b"PK\x03\x04" + b"x" * 20_000, "jpeg", name="rahasia.zip")
    bad["Content-Disposition"] = "attachment"
    bring(with_files(MIMEImage(picture(), name="lubang.jpg"), bad))
    case = Case.objects.get()
    assert StoredFile.objects.get(owner=case.stream).kind == "picture"
    (letter,) = said()
    assert "1 lampiran tidak dapat kami terima" in letter.text
    assert "rahasia.zip" not in letter.text


def test_of_a_letter_that_is_too_large_the_words_are_kept():
    content = with_files(MIMEImage(picture(400), name="lubang.jpg"))
    row = bring(content[:6_000], size=30_000_000)
    case = Case.objects.get()
    assert (row.state, case.narrative.agency_text) == ("done", "Ini fotonya.")
    assert not StoredFile.objects.filter(owner=case.stream).exists()
    assert "terlalu besar" in said()[0].text


def test_a_reply_may_be_nothing_but_a_picture(case_in):
    case = case_in("answered", contact=MAIL)
    bring(with_files(MIMEImage(picture()), text="", To=f"lapor+{case.tracking_id}@lapor.contoh.id", Subject=""))
    entry = Entry.objects.get(case=case, kind="reply")
    assert "hanya lampiran" in entry.text
    assert StoredFile.objects.filter(owner=f"message:{entry.pk}").count() == 1


Ask = Callable[..., str]


@pytest.fixture
def ask() -> Ask:
    def answer(number: str, sender: str) -> str:
        before = Case.objects.count()
        bring(written(f"CEK {number}", From=sender, Message_ID=f"<{number}{sender}>"))
        assert Case.objects.count() == before
        return str(said()[-1].text)

    return answer


def test_how_a_case_stands_is_told_and_of_a_guarded_one_only_to_its_reporter(case_in, submit, ask):
    open_one = case_in("forwarded", contact=MAIL)
    for sender in (BUDI, STRANGER):
        assert "Belum ditindaklanjuti" in ask(open_one.tracking_id, sender)
    hidden = submit(contact=MAIL, secret=True).case
    assert hidden.tracking_id in ask(hidden.tracking_id, BUDI)
    assert "Belum terverifikasi" not in ask(hidden.tracking_id, BUDI)
    unknown = "0000-0000-0"
    assert ask(hidden.tracking_id, STRANGER) == ask(unknown, STRANGER)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (written(X_Spam_Flag="YES"), "spam"),
        (written("", Subject=""), "tanpa isi"),
        (written(From="Budi"), "pengirim"),
    ],
)
def test_what_the_machine_cannot_judge_waits_for_a_person(content, word):
    row = bring(content)
    assert row.state == "stuck"
    assert word in row.reason
    assert not Case.objects.exists()


def test_a_very_long_letter_is_cut_where_the_house_ends_and_says_so():
    bring(written("Kata " * 10_000))
    assert "yang lengkap tersimpan" in Case.objects.get().narrative.agency_text


def test_a_letter_about_a_guarded_case_stays_hidden_after_the_next_letter_of_its_writer(cast):
    Brand.objects.filter(slug="nasional").update(agency=agency_by_code("35.27"))
    hidden = bring(written("RAHASIA\r\nCamat meminta uang.", Message_ID="<1@x.id>"))
    # The inspector's: nothing for the local desk.
    Case.objects.update(oversight=True, classification="supervisory_complaint")
    plain = bring(written("Lampu padam.", Message_ID="<2@x.id>"))
    assert list(inbound_visible_to(cast["verifier"])) == [plain]
    assert list(inbound_visible_to(cast["national_admin"]).order_by("id")) == [hidden, plain]


def test_what_waits_and_asks_for_secrecy_is_not_for_the_local_desk(cast):
    Brand.objects.filter(slug="nasional").update(agency=agency_by_code("35.27"))
    waiting = bring(written("RAHASIA\r\nCamat meminta uang.", X_Spam_Flag="YES"))
    assert list(inbound_visible_to(cast["verifier"])) == []
    assert list(inbound_visible_to(cast["national_admin"])) == [waiting]


def test_a_letter_about_somebody_s_conduct_is_kept_from_whom_it_is_about():
    bring(written("Oknum petugas kelurahan meminta uang pungli untuk surat pindah."))
    case = Case.objects.get()
    assert (case.classification, case.guarded) == ("supervisory_complaint", True)
