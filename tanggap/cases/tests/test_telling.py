"""What a reporter is told, by which way, and how little of it where somebody else may look over the shoulder."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tanggap.cases.identity import Contact
from tanggap.cases.models import Reporter
from tanggap.cases.services.answer_case import Draft, answer_case
from tanggap.cases.services.archive_case import archive_case
from tanggap.cases.services.choose_contact import choose_contact
from tanggap.cases.services.forward_case import forward_case
from tanggap.cases.services.merge_cases import merge_cases
from tanggap.cases.services.object_to_case import object_to_case
from tanggap.cases.services.return_case import return_case
from tanggap.cases.services.reveal_identity import reveal_identity
from tanggap.cases.services.split_case import split_case
from tanggap.cases.telling.tell import TOLD
from tanggap.cases.telling.ways import ways_to
from tanggap.cases.tests.telling import (
    ADDRESS,
    BOTH,
    CANARY,
    DAY,
    MAIL,
    PHONE,
    everything_in,
    last_of,
    react,
    told,
)
from tanggap.directory.selectors import agency_by_code
from tanggap.notify.models import Message
from tanggap.notify.outgoing import Way
from tanggap.notify.selectors import messages_of
from tanggap.notify.templates import TEMPLATES
from tests.paths import HOUR, final

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=1)
CLOSED_EYES = [
    {"secret": True},
    {"anonymous": True},
    {"classification": "supervisory_complaint"},
]


def test_every_template_that_is_told_exists_and_is_for_reporters() -> None:
    assert {telling.template for telling in TOLD.values()} <= set(TEMPLATES)
    assert {TEMPLATES[telling.template].audience for telling in TOLD.values()} == {"reporter"}


def test_from_receipt_to_final_answer_a_reporter_hears_each_thing_once(case_in) -> None:
    case = case_in("answered", contact=MAIL)
    react()
    assert told(case) == ["receipt", "case_verified", "final_answer"]


def test_a_final_answer_names_what_it_says_in_substance_and_where_to_answer_it(case_in) -> None:
    message = last_of(case_in("answered", contact=MAIL))
    assert message.values["text"].startswith("Sudah dikerjakan: Senin, 9 November 2026")
    assert "sudah diganti dua buah" in message.values["text"]
    assert message.values["office"] == "Bidang Bina Marga"
    assert message.values["link"].endswith(f"/l/{message.values['tracking_id']}")
    assert message.values["about"] == "Lampu jalan padam"
    assert message.values["agency"].startswith("Dinas Pekerjaan Umum")


def test_a_question_tells_by_when_it_is_to_be_answered(case_in) -> None:
    message = last_of(case_in("on_hold", contact=MAIL))
    assert (message.template, message.essential) == ("question_asked", True)
    assert message.values["text"] == "Di nomor berapa?"
    assert message.values["clock"] == "Menunggu keterangan Anda sampai Senin, 23 November 2026 pukul 23.59 WIB."


@pytest.mark.parametrize(
    ("channel", "first"), [("web", "email"), ("sms", "sms"), ("whatsapp", "whatsapp"), ("phone", "sms")]
)
def test_the_channel_the_citizen_used_comes_first_and_the_others_after_it(submit, channel, first) -> None:
    ways = ways_to(submit(channel=channel, contact=BOTH).case)
    assert ways[0].channel == first
    assert {way.channel: way.address for way in ways} == {"email": ADDRESS, "whatsapp": PHONE, "sms": PHONE}


@pytest.mark.parametrize("contact", [None, Contact(name="Sri Lestari")])
def test_who_left_no_way_is_told_nothing_and_nothing_fails(case_in, contact) -> None:
    assert told(case_in("answered", contact=contact)) == []


def test_who_wants_no_messages_gets_none_until_they_want_them_again(case_in, cast) -> None:
    case = case_in("in_progress", contact=MAIL)
    reporter = cast["citizen"].proving(case.pk)
    before = told(case)
    choose_contact(tracking_id=case.tracking_id, wanted=False, discreet=False, actor=reporter, now=LATER)
    answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast["officer"], now=LATER + HOUR)
    assert told(case) == before
    choose_contact(tracking_id=case.tracking_id, wanted=True, discreet=False, actor=reporter, now=LATER + 2 * HOUR)
    assert ways_to(case) == [Way("email", ADDRESS)]


@pytest.mark.parametrize("given", CLOSED_EYES)
def test_messages_of_guarded_cases_carry_number_clock_and_link_and_nothing_else(case_in, cast, given) -> None:
    words = f"Petugas {CANARY} di Jalan {CANARY} meminta uang kepada warga setiap Senin pagi."
    case = case_in("forwarded", contact=MAIL, text=words, title=f"Pungutan {CANARY}", place=CANARY, **given)
    holder = cast["inspector"] if "classification" in given else cast["officer"]
    answer = Draft(text=f"Petugas {CANARY} sudah dipindahkan dari loket sejak Senin pagi.", final=False)
    answer_case(tracking_id=case.tracking_id, draft=answer, actor=holder, now=LATER)
    draft = final(f"Uang warga dikembalikan oleh {CANARY} pada Senin pagi di kantor.", office=CANARY)
    answer_case(tracking_id=case.tracking_id, draft=draft, actor=holder, now=LATER + HOUR)
    assert told(case) == ["receipt", "case_verified", "interim_answer", "final_answer"]
    for message in messages_of(case.stream):
        row = everything_in(message)
        assert CANARY not in row
        assert "Lampu jalan" not in row
        assert case.agency.name not in row
        assert ADDRESS not in row
        assert "Sri" not in row
        assert message.values["clock"]
        assert message.values["link"].endswith(case.tracking_id)


def test_on_a_shared_phone_messages_are_as_bare_as_those_of_a_secret_case(case_in, cast) -> None:
    case = case_in("in_progress", contact=MAIL)
    reporter = cast["citizen"].proving(case.pk)
    choose_contact(tracking_id=case.tracking_id, wanted=True, discreet=True, actor=reporter, now=LATER)
    answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast["officer"], now=LATER + HOUR)
    message = last_of(case)
    assert message.template == "final_answer"
    assert (message.values["text"], message.values["about"], message.values["office"]) == ("", "", "")


def test_the_secret_code_stands_in_no_message(submit) -> None:
    receipt = submit(contact=BOTH)
    react()
    assert Message.objects.exists()
    for message in Message.objects.all():
        assert receipt.secret_code not in everything_in(message)


def test_thanks_and_announcements_send_nothing(case_in, cast) -> None:
    case = case_in("forwarded", contact=MAIL)
    before = told(case)
    thanks = Draft(text="Terima kasih, akan segera kami tindak lanjuti.")
    answer_case(tracking_id=case.tracking_id, draft=thanks, actor=cast["officer"], now=LATER)
    assert told(case) == before


def test_a_case_that_moves_on_is_told_with_the_reason_and_who_holds_it_now(case_in, cast) -> None:
    case = case_in("forwarded", contact=MAIL)
    return_case(tracking_id=case.tracking_id, reason="Jalan ini jalan provinsi.", actor=cast["officer"], now=LATER)
    message = last_of(case)
    assert message.template == "case_returned"
    assert message.values["text"] == "Jalan ini jalan provinsi."
    assert "Sampang" in message.values["agency"]
    target = agency_by_code("35.27/dishub")
    forward_case(tracking_id=case.tracking_id, agency=target, actor=cast["verifier"], now=LATER + HOUR)
    assert "Perhubungan" in last_of(case).values["agency"]


def test_archiving_tells_the_reason_and_the_explanation(case_in, cast) -> None:
    case = case_in("unverified", contact=MAIL)
    archive_case(
        tracking_id=case.tracking_id,
        reason="before_court",
        explanation="Perkara ini sedang disidangkan.",
        actor=cast["national_admin"],
        now=LATER,
    )
    message = last_of(case)
    assert message.template == "case_archived"
    assert message.values["text"] == "sedang diperiksa pengadilan\n\nPerkara ini sedang disidangkan."


def test_whose_identity_was_opened_is_told_why(case_in, cast) -> None:
    case = case_in("in_progress", contact=MAIL)
    reveal_identity(tracking_id=case.tracking_id, reason="Menjemput barang bukti.", actor=cast["officer"], now=LATER)
    message = last_of(case)
    assert (message.template, message.values["text"]) == ("identity_revealed", "Menjemput barang bukti.")


def test_an_objection_is_acknowledged(case_in, cast) -> None:
    case = case_in("answered", contact=MAIL)
    reporter = cast["citizen"].proving(case.pk)
    object_to_case(tracking_id=case.tracking_id, text="Masih padam.", actor=reporter, now=LATER)
    assert told(case)[-1] == "objection_received"


def test_both_reporters_of_a_merged_pair_hear_of_the_merge_and_of_the_answer(case_in, cast) -> None:
    kept = case_in("in_progress", contact=MAIL)
    other = case_in("forwarded", contact=Contact(phone=PHONE))
    merge_cases(tracking_id=other.tracking_id, into=kept.tracking_id, actor=cast["verifier"], now=LATER)
    answer_case(tracking_id=kept.tracking_id, draft=final(), actor=cast["officer"], now=LATER + HOUR)
    assert told(kept)[-2:] == ["case_merged", "final_answer"]
    assert told(other)[-2:] == ["case_merged", "final_answer"]
    answer = last_of(other)
    assert answer.values["tracking_id"] == other.tracking_id
    assert "diganti dua buah" in answer.values["text"]
    assert answer.source != last_of(kept).source


def test_the_parts_of_a_split_case_speak_to_its_reporter_with_one_number(case_in, cast) -> None:
    case = case_in("in_progress", contact=MAIL)
    parts = split_case(
        tracking_id=case.tracking_id, agencies=[agency_by_code("35.27/dinkes")], actor=cast["verifier"], now=LATER
    )
    before = told(case)
    answer_case(tracking_id=parts[0].tracking_id, draft=final(), actor=cast["health_officer"], now=LATER + HOUR)
    assert told(case) == [*before, "interim_answer"]
    message = last_of(case)
    assert message.values["tracking_id"] == case.tracking_id
    assert "Kesehatan" in message.values["agency"]
    assert list(messages_of(parts[0].stream)) == []


def test_a_message_speaks_the_language_of_the_case(case_in) -> None:
    message = last_of(case_in("on_hold", contact=MAIL, language="en"))
    assert message.language == "en"
    assert message.values["clock"] == "Waiting for your reply until Monday, 23 November 2026, 23:59 WIB."


def test_imported_history_tells_nobody(case_in) -> None:
    from tanggap.ledger.models import Event

    case = case_in("answered", contact=MAIL)
    for event in Event.objects.filter(stream=case.stream):
        event.imported = True
        from tanggap.cases.telling.tell import tell_reporter

        tell_reporter(event)
    assert not Message.objects.exists()


def test_opting_out_keeps_the_contact_itself_so_that_it_can_be_undone(case_in, cast) -> None:
    case = case_in("in_progress", contact=MAIL)
    reporter = cast["citizen"].proving(case.pk)
    choose_contact(tracking_id=case.tracking_id, wanted=False, discreet=False, actor=reporter, now=LATER)
    row = Reporter.objects.get(case=case)
    assert row.sealed is not None
    assert not row.contact_wanted
