"""One's own data: everything to take away, to correct, to erase; and what none of it may change (ADR 0048)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tanggap.accounts.actor import PUBLIC
from tanggap.accounts.models import Person
from tanggap.cases.audit import audit
from tanggap.cases.identity import Contact, open_identity
from tanggap.cases.models import Case, ContactProof, Erasure, Message, Narrative, Reporter
from tanggap.cases.services.annotate_case import annotate_case
from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.services.erase_identity import erase_identity
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.cases.services.run_erasures import run_erasures
from tanggap.cases.services.send_contact_proofs import send_contact_proofs
from tanggap.cases.services.split_case import split_case
from tanggap.cases.telling.tell import tell_reporter
from tanggap.channels.models import Chat, Inbound
from tanggap.common.clock import frozen, now
from tanggap.common.errors import Forbidden
from tanggap.config.reactions import react
from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.selectors.cards import report_card
from tanggap.evaluation.services.fold_everything import fold_everything
from tanggap.files.models import StoredFile
from tanggap.files.services.accept_upload import accept_upload
from tanggap.ledger.models import Event
from tanggap.notify.addressing import address_of
from tanggap.notify.models import Message as Sent
from tests.cast import DAY, Cast
from tests.journeys.portal_walk import picture
from tests.journeys.test_own_cases import code_in, enter, message
from tests.paths import HOUR, final, verify

pytestmark = pytest.mark.django_db
MAIL, NEW_MAIL = "siti@contoh.id", "siti.baru@contoh.id"
STORY = "Lampu jalan padam di depan rumah, telepon saya 0812-3456-7890. Salam, Siti Rahmawati."
SITI = Contact(name="Siti Rahmawati", email=MAIL, phone="+6281234567890", address="Gang Melati 7")
WAIT = timedelta(days=7, minutes=1)


@pytest.fixture(autouse=True)
def _same_week() -> Iterator[None]:
    cache.clear()
    with frozen(DAY + 28 * HOUR):
        yield


@pytest.fixture
def case(submit: Callable[..., Any], cast: Cast) -> Case:
    """Answered; with a reply, a note and a file, all of which speak of the reporter."""
    with frozen(DAY):
        accept_upload(stream=picture(), name="Siti Rahmawati.jpg", owner="draft:" + "a" * 32, now=DAY)
    receipt = submit(text=STORY, contact=SITI, place="Rumah Siti, Gang Melati 7", draft_token="a" * 32)
    number = receipt.case.tracking_id
    verify(receipt.case, cast, "35.27/dpupr", DAY + HOUR)
    reporter = PUBLIC.proving(receipt.case.pk)
    reply_to_case(tracking_id=number, text="Ini Siti Rahmawati lagi: masih padam.", actor=reporter, now=DAY + 2 * HOUR)
    annotate_case(tracking_id=number, text="Bu Rahmawati sudah ditelepon.", actor=cast["officer"], now=DAY + 2 * HOUR)
    answer_case(tracking_id=number, draft=final(), actor=cast["officer"], now=DAY + 3 * HOUR)
    for event in Event.objects.filter(stream=receipt.case.stream).order_by("seq"):
        tell_reporter(event)
    return Case.objects.get(pk=receipt.case.pk)


@pytest.fixture
def siti(client: Client, case: Case) -> Client:
    """A browser that proved the address."""
    enter(client, MAIL, MAIL)
    return client


def everything() -> tuple[Any, ...]:
    """What a refusal must leave as it was."""
    models = (Case, Reporter, Narrative, Message, Erasure, StoredFile, Person)
    return (*(list(model.objects.order_by("pk").values()) for model in models), Event.objects.count())


def test_everything_is_taken_away_as_written(siti: Client, case: Case) -> None:
    answer = siti.get("/akun/data/unduh.json")
    assert answer["Cache-Control"].startswith("max-age=0")
    found = json.loads(answer.content)["cases"]
    assert [one["tracking_id"] for one in found] == [case.tracking_id]
    one = found[0]
    assert one["you"]["name"] == "Siti Rahmawati"
    assert one["you"]["address"] == "Gang Melati 7"
    assert one["text"] == STORY
    assert "[TELEPON]" in one["public_text"]
    assert [file["name"] for file in one["files"]] == ["Siti Rahmawati.jpg"]
    assert "case.answered" in [event["name"] for event in one["events"]]
    words = answer.content.decode()
    assert "sudah ditelepon" not in words, "officers' notes are not the reporter's"
    assert "person:" not in words
    paper = siti.get("/akun/data/unduh.pdf")
    assert paper.content.startswith(b"%PDF")


@pytest.mark.parametrize("path", ["unduh.json", "unduh.pdf", "unduh.exe"])
def test_nobody_takes_away_what_was_not_proved(client: Client, case: Case, path: str) -> None:
    assert client.get(f"/akun/data/{path}").status_code == 404
    assert client.get("/akun/data/").status_code == 302


@pytest.mark.parametrize("part", ["0", "-1", "999", "x", "²", ""])
def test_a_part_that_is_none_is_the_nearest(siti: Client, part: str) -> None:
    assert siti.get("/akun/data/unduh.json", {"bagian": part}).status_code == 200


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("nama/", {"name": "Orang Lain"}),
        ("alamat/", {"contact": NEW_MAIL}),
        ("alamat/kode/", {"code": "1234 5678"}),
        ("kabar/", {"news": "none"}),
        ("hapus/", {"understood": "on"}),
        ("hapus/batal/", {}),
    ],
)
def test_without_a_proof_nothing_changes(client: Client, case: Case, path: str, given: dict[str, str]) -> None:
    before = everything()
    assert client.post(f"/akun/data/{path}", given).status_code == 302
    assert everything() == before
    assert not ContactProof.objects.exists()


def test_name_and_address_are_corrected(siti: Client, case: Case) -> None:
    siti.post("/akun/data/nama/", {"name": "Siti  Rahma", "address": ""})
    known = open_identity(case)
    assert (known.name, known.address, known.email) == ("Siti Rahma", "Gang Melati 7", MAIL)
    event = Event.objects.get(stream=case.stream, name="case.contact_corrected")
    assert event.data["fields"] == ["name"]
    assert "Rahma" not in str(event.data)


def test_a_new_address_counts_only_once_proved(siti: Client, case: Case) -> None:
    before = everything()
    siti.post("/akun/data/alamat/", {"contact": NEW_MAIL})
    send_contact_proofs(now=now())
    assert siti.post("/akun/data/alamat/kode/", {"code": "0000 0000"}).status_code == 422
    assert everything() == before
    siti.post("/akun/data/alamat/kode/", {"code": code_in(message(NEW_MAIL))})
    assert open_identity(case).email == NEW_MAIL
    waiting = Sent.objects.filter(recipient_key=f"reporter:{case.pk}", state="pending")
    assert {address_of(row) for row in waiting} == {NEW_MAIL}
    assert "diganti" in message(MAIL), "the old address is told"
    assert case.tracking_id in siti.get("/akun/").content.decode()
    old = Client()
    old.post("/akun/minta/", {"contact": MAIL})
    assert send_contact_proofs(now=now()) == 0
    assert not list(audit())


def test_the_code_for_a_new_address_opens_no_cases(siti: Client, case: Case) -> None:
    siti.post("/akun/data/alamat/", {"contact": NEW_MAIL})
    send_contact_proofs(now=now())
    assert siti.post("/akun/kode/", {"code": code_in(message(NEW_MAIL))}).status_code in (302, 422)
    assert not ContactProof.objects.filter(purpose="change", used_at__isnull=False).exists()


def test_news_of_every_case_are_chosen_at_once(siti: Client, case: Case, submit: Callable[..., Any]) -> None:
    submit(contact=SITI)
    before = everything()
    assert siti.post("/akun/data/kabar/", {"news": "kadang"}).status_code == 422
    assert everything() == before
    siti.post("/akun/data/kabar/", {"news": "none"})
    assert set(Reporter.objects.values_list("contact_wanted", flat=True)) == {False}


def ask_erasure(client: Client, *cases: Case, **more: str) -> Any:
    numbers = [case.tracking_id for case in cases]
    return client.post("/akun/data/hapus/", {"cases": numbers, "understood": "on", **more})


@pytest.mark.parametrize(
    "given", [{"cases": []}, {"cases": ["7KQ4-M2XD-T"]}, {"understood": ""}, {"cases": ["x' OR 1=1"]}]
)
def test_a_wrong_wish_changes_nothing(siti: Client, case: Case, given: dict[str, Any]) -> None:
    before = everything()
    wish = {"cases": [case.tracking_id], "understood": "on", **given}
    assert siti.post("/akun/data/hapus/", wish).status_code == 422
    assert everything() == before


def test_nobody_erases_a_case_that_is_not_theirs(siti: Client, case: Case, submit: Callable[..., Any]) -> None:
    other = submit(contact=Contact(email="lain@contoh.id")).case
    before = everything()
    assert ask_erasure(siti, other).status_code == 422
    assert everything() == before
    with pytest.raises(Forbidden):
        erase_identity(tracking_id=case.tracking_id, why="asked", actor=PUBLIC.proving(case.pk), now=now())
    assert everything() == before


def test_a_wish_waits_and_can_be_called_back(siti: Client, case: Case) -> None:
    ask_erasure(siti, case)
    assert "menghapus data Anda" in message(MAIL), "whoever reads the mailbox is told"
    assert "Batalkan penghapusan" in siti.get("/akun/data/").content.decode()
    assert run_erasures(now=now() + timedelta(days=6)) == 0
    siti.post("/akun/data/hapus/batal/")
    assert run_erasures(now=now() + WAIT) == 0
    assert open_identity(case).name == "Siti Rahmawati"
    names = Event.objects.filter(stream=case.stream).values_list("name", flat=True)
    assert {"case.erasure_asked", "case.erasure_cancelled"} <= set(names)


def card() -> str:
    fold_everything(now=now())
    made = report_card(agency_by_code("35.27"), DAY.date(), DAY.date())
    return str(made)


def test_the_person_is_forgotten_and_the_history_and_figures_stay(
    siti: Client, case: Case, cast: Cast, submit: Callable[..., Any]
) -> None:
    counted = Case.objects.values_list("state", "classification", "received_at", "closed_at").get()
    ask_erasure(siti, case)
    with frozen(now() + WAIT):
        figures = card()
        assert run_erasures(now=now()) == 1
        for event in Event.objects.filter(name="case.identity_erased"):
            react(event_id=event.pk)
        assert run_erasures(now=now()) == 0
        row = Reporter.objects.get(case=case)
        assert row.erased_at is not None, "a tombstone stays"
        assert (row.sealed, row.email_index, row.phone_index, row.account_index) == (None, None, None, None)
        kept = str([list(model.objects.values()) for model in (Case, Narrative, Message, Sent, StoredFile)])
        for word in ("Siti", "Rahmawati", "0812", "Melati", MAIL):
            assert word not in kept, word
        assert not StoredFile.objects.exclude(name_sealed=None).exists()
        assert not Sent.objects.filter(recipient_key=f"reporter:{case.pk}").exclude(address_sealed=None).exists()
        assert not list(audit())
        assert card() == figures
        assert Case.objects.values_list("state", "classification", "received_at", "closed_at").get() == counted
        siti.post("/akun/minta/", {"contact": MAIL})
        assert send_contact_proofs(now=now()) == 0, "no address finds the case any more"
        assert case.tracking_id not in siti.get("/akun/").content.decode()
        assert siti.get(f"/l/{case.tracking_id}").status_code == 200


def test_sealed_words_go_from_an_anonymous_case_and_from_its_parts(
    client: Client, submit: Callable[..., Any], cast: Cast
) -> None:
    receipt = submit(text=STORY, contact=SITI, anonymous=True)
    number = receipt.case.tracking_id
    verify(receipt.case, cast, "35.27/dpupr", DAY + HOUR)
    unit = agency_by_code("35.27/dinkes")
    split_case(tracking_id=number, agencies=[unit], actor=cast["verifier"], now=DAY + 2 * HOUR)
    client.post("/akun/tambah/", {"number": number, "code": receipt.secret_code})
    ask_erasure(client, receipt.case)
    assert run_erasures(now=now() + WAIT) == 1
    assert list(Narrative.objects.exclude(original_sealed=None)) == []
    for narrative in Narrative.objects.all():
        assert "Rahmawati" not in narrative.agency_text + narrative.public_text
    assert Event.objects.filter(name="case.identity_erased").count() == 2, "the part too"
    assert client.get(f"/l/{number}").status_code == 200, "the code still opens it"
    assert not list(audit())


def test_what_was_said_on_a_channel_is_forgotten_too(siti: Client, case: Case) -> None:
    chat = Chat.objects.create(channel="whatsapp", brand="nasional", sender_index=b"x" * 16, case=case, hint="…7890")
    said = {"channel": "whatsapp", "brand": "nasional", "sealed": b"x", "received_at": DAY, "chat": chat}
    Inbound.objects.create(external_id="1", stream=case.stream, state="done", sender_index=b"x" * 16, **said)
    ask_erasure(siti, case)
    run_erasures(now=now() + WAIT)
    react(event_id=Event.objects.get(name="case.identity_erased").pk)
    row = Inbound.objects.get()
    assert (row.sealed, row.sender_index, row.chat_id, row.external_id) == (None, None, None, "1")
    assert not Chat.objects.exists()


def test_files_go_where_it_was_wished_and_leave_a_tombstone(siti: Client, case: Case) -> None:
    ask_erasure(siti, case, with_files="on")
    run_erasures(now=now() + WAIT)
    assert StoredFile.objects.get().deleted_at is not None
    assert Event.objects.get(name="case.identity_erased").data["files"] == 1
    assert not list(audit())


def test_a_case_can_be_erased_while_others_stay(siti: Client, case: Case, submit: Callable[..., Any]) -> None:
    other = submit(title="Jalan rusak", contact=SITI).case
    ask_erasure(siti, case)
    run_erasures(now=now() + WAIT)
    assert open_identity(other).name == "Siti Rahmawati"
    assert "Jalan rusak" in siti.get("/akun/").content.decode()


def test_an_old_identity_is_erased_without_being_asked(submit: Callable[..., Any], case_in: Callable[..., Any]) -> None:
    closed = case_in("closed", contact=SITI)
    opened = submit(contact=SITI).case
    assert run_erasures(now=now() + timedelta(days=1700)) == 0
    assert run_erasures(now=now() + timedelta(days=1900)) == 1
    assert open_identity(closed) == Contact()
    assert open_identity(opened).email == MAIL
    assert Event.objects.get(name="case.identity_erased").data["why"] == "old"
    assert not list(audit())


@pytest.fixture
def citizen(client: Client, cast: Cast) -> Person:
    person: Person = cast.person("citizen")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return person


def test_an_account_is_forgotten_with_its_cases(client: Client, citizen: Person, submit: Callable[..., Any]) -> None:
    secret = submit(secret=True, contact=Contact(name="Warga", person_id=citizen.pk)).case
    ask_erasure(client, secret, account="on")
    assert run_erasures(now=now() + WAIT) == 2
    citizen.refresh_from_db()
    assert (citizen.name, citizen.email, citizen.phone, citizen.is_active) == ("", None, None, False)
    assert citizen.erased_at is not None
    assert client.get("/akun/pengaturan/").status_code == 302, "signed out"
    assert Reporter.objects.get(case=secret).account_index is None


def test_an_officers_account_is_not_erased(client: Client, cast: Cast) -> None:
    officer = cast.person("officer")
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post("/akun/data/hapus/", {"account": "on", "understood": "on"}).status_code == 422
    assert not Erasure.objects.exists()


def test_an_accounts_address_is_replaced_only_by_one_nobody_has(client: Client, citizen: Person, cast: Cast) -> None:
    for address, after in (("officer@contoh.id", "warga@contoh.id"), (NEW_MAIL, NEW_MAIL)):
        client.post("/akun/data/alamat/", {"contact": address})
        send_contact_proofs(now=now())
        client.post("/akun/data/alamat/kode/", {"code": code_in(message(address))})
        citizen.refresh_from_db()
        assert citizen.email == after
