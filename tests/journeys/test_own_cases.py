"""All cases of one person on one page, without an account: what opens them and what never does (ADR 0047)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tanggap.cases.identity import Contact
from tanggap.cases.models import Case, ContactProof
from tanggap.cases.services.send_contact_proofs import send_contact_proofs
from tanggap.common.clock import frozen, now
from tanggap.ledger.models import Event
from tanggap.notify.addressing import address_of
from tanggap.notify.models import Message
from tanggap.notify.rendering import sealed_words
from tests.cast import DAY, Cast
from tests.journeys.portal_walk import Page, read
from tests.paths import HOUR

pytestmark = pytest.mark.django_db
MAIL, PHONE = "siti@contoh.id", "+6281234567890"
SITI = Contact(name="Siti Rahma", email=MAIL, phone=PHONE)


@pytest.fixture(autouse=True)
def _same_week() -> Iterator[None]:
    cache.clear()
    with frozen(DAY + 2 * HOUR):
        yield


def ask(client: Client, contact: str) -> Page:
    """Ask for a code, and let the job look at it."""
    page = read(client.post("/akun/minta/", {"contact": contact}, follow=True))
    send_contact_proofs(now=now())
    return page


def message(address: str) -> str:
    """The words of the newest message to an address."""
    rows = Message.objects.filter(template="account_mail").order_by("-id")
    return next((sealed_words(row) for row in rows if address_of(row) == address), "")


def code_in(words: str) -> str:
    found = re.search(r"\b(\d{4} \d{4})\b", words)
    assert found is not None, words
    return found[1]


def link_in(words: str) -> str:
    found = re.search(r"/akun/buka/[\w-]+/", words)
    assert found is not None, words
    return found[0]


def enter(client: Client, contact: str, address: str) -> Page:
    ask(client, contact)
    return read(client.post("/akun/kode/", {"code": code_in(message(address))}, follow=True))


@pytest.mark.parametrize(("typed", "address"), [("Siti@Contoh.id", MAIL), ("0812-3456-7890", PHONE)])
def test_a_code_opens_every_case_reported_with_the_address(
    client: Client, submit: Callable[..., Any], typed: str, address: str
) -> None:
    first, second = submit(title="Lampu padam", contact=SITI).case, submit(title="Jalan rusak", contact=SITI).case
    other = submit(title="Milik orang lain", contact=Contact(email="lain@contoh.id", phone="+6281299999999")).case
    page = enter(client, typed, address)
    assert "Lampu padam" in page.text
    assert "Jalan rusak" in page.text
    assert "Milik orang lain" not in page.text
    assert address not in page.html, "the page shows a hint; somebody may look over the shoulder"
    assert "Balas atau tambah keterangan" in client.get(f"/l/{first.tracking_id}").content.decode()
    assert "Balas atau tambah keterangan" not in client.get(f"/l/{other.tracking_id}").content.decode()
    done = client.post(f"/l/{second.tracking_id}/balas", {"reply": "Sudah diperbaiki sebagian."}, follow=True)
    assert "Balasan Anda terkirim" in done.content.decode()


def test_a_link_opens_once_and_only_when_pressed(client: Client, submit: Callable[..., Any]) -> None:
    submit(title="Lampu padam", contact=SITI)
    ask(client, MAIL)
    address = link_in(message(MAIL))
    elsewhere = Client()
    assert elsewhere.get(address).status_code == 200
    assert "Lampu padam" not in elsewhere.get("/akun/").content.decode(), "looking at it opens nothing"
    assert "Lampu padam" in elsewhere.post(address, follow=True).content.decode()
    again = Client()
    assert again.post(address).status_code == 410
    assert "Lampu padam" not in again.get("/akun/").content.decode()
    assert client.post("/akun/kode/", {"code": code_in(message(MAIL))}).status_code == 422, "code and link are one"


@pytest.mark.parametrize("contact", ["tidak-dikenal@contoh.id", "0819 0000 1111"])
def test_an_unknown_address_gets_the_same_answer_and_no_message(
    client: Client, submit: Callable[..., Any], contact: str
) -> None:
    submit(contact=SITI)
    known, unknown = ask(Client(), MAIL), ask(client, contact)
    assert (known.status, known.text) == (unknown.status, unknown.text)
    assert Message.objects.filter(template="account_mail").count() == 1
    assert client.post("/akun/kode/", {"code": "0000 0000"}).status_code == 422


GUARDED: list[dict[str, Any]] = [
    {"anonymous": True},
    {"secret": True},
    {"classification": "supervisory_complaint", "about": ["35.27/dinkes"]},
]


@pytest.mark.parametrize("given", GUARDED, ids=["anonymous", "secret", "supervisory"])
def test_a_guarded_case_is_opened_by_no_address(
    client: Client, submit: Callable[..., Any], given: dict[str, Any]
) -> None:
    receipt = submit(title="Hal yang peka", contact=SITI, **given)
    number = receipt.case.tracking_id
    ask(client, MAIL)
    assert not Message.objects.filter(template="account_mail").exists(), "not even that there is something"
    submit(title="Lampu padam", contact=SITI)
    page = enter(client, MAIL, MAIL)
    assert "Lampu padam" in page.text
    assert "Hal yang peka" not in page.text
    assert number not in page.html
    assert "Balas atau tambah keterangan" not in client.get(f"/l/{number}").content.decode()
    opened = client.post("/akun/tambah/", {"number": number, "code": receipt.secret_code}, follow=True)
    assert "Hal yang peka" in opened.content.decode()


def test_a_case_that_becomes_secret_is_shut_at_once(client: Client, submit: Callable[..., Any]) -> None:
    number = submit(title="Lampu padam", contact=SITI).case.tracking_id
    enter(client, MAIL, MAIL)
    client.post(f"/l/{number}/rahasiakan")
    assert Case.objects.get(tracking_id=number).secret
    assert "Lampu padam" not in client.get("/akun/").content.decode()
    assert "Balas atau tambah keterangan" not in client.get(f"/l/{number}").content.decode()


def test_the_proof_ends_by_itself_by_hand_and_by_the_quick_exit(client: Client, submit: Callable[..., Any]) -> None:
    submit(title="Lampu padam", contact=SITI)

    def shows() -> bool:
        return "Lampu padam" in client.get("/akun/").content.decode()

    enter(client, MAIL, MAIL)
    client.post("/akun/tutup/")
    assert not shows()
    enter(client, MAIL, MAIL)
    client.get("/keluar-cepat/")
    assert not shows()
    enter(client, MAIL, MAIL)
    assert shows()
    with frozen(now() + timedelta(minutes=61)):
        assert not shows()


def test_codes_end_after_five_wrong_ones_and_after_twenty_minutes(client: Client, submit: Callable[..., Any]) -> None:
    submit(contact=SITI)
    ask(client, MAIL)
    right = code_in(message(MAIL))
    for _try in range(5):
        assert client.post("/akun/kode/", {"code": "1111 1111"}).status_code == 422
    assert client.post("/akun/kode/", {"code": right}).status_code == 422
    ask(client, MAIL)
    with frozen(now() + timedelta(minutes=21)):
        assert client.post("/akun/kode/", {"code": code_in(message(MAIL))}).status_code == 422
    assert not ContactProof.objects.filter(used_at__isnull=False).exists()


def test_a_code_serves_only_the_browser_that_asked(client: Client, submit: Callable[..., Any]) -> None:
    submit(contact=SITI)
    ask(client, MAIL)
    stranger = Client()
    ask(stranger, "lain@contoh.id")
    assert stranger.post("/akun/kode/", {"code": code_in(message(MAIL))}).status_code == 422
    assert Client().post("/akun/kode/", {"code": code_in(message(MAIL))}).status_code == 302


@pytest.mark.parametrize("contact", [MAIL, "tidak-dikenal@contoh.id"])
def test_asking_is_throttled_for_known_and_unknown_alike(
    client: Client, submit: Callable[..., Any], contact: str
) -> None:
    submit(contact=SITI)
    assert [Client().post("/akun/minta/", {"contact": contact}).status_code for _ in range(4)] == [302, 302, 302, 422]
    send_contact_proofs(now=now())
    assert Message.objects.filter(template="account_mail").count() == (3 if contact == MAIL else 0)


@pytest.mark.parametrize("typed", ["", "bukan alamat", "08", "a@b", "x" * 300, "siti@contoh.id\x00", "' OR 1=1 --"])
def test_what_is_no_address_changes_nothing(client: Client, typed: str) -> None:
    answer = client.post("/akun/minta/", {"contact": typed})
    assert answer.status_code == 422
    assert not ContactProof.objects.exists()


def test_a_wrong_code_or_number_opens_nothing(client: Client, submit: Callable[..., Any]) -> None:
    receipt = submit(title="Lampu padam")
    before = Event.objects.count()
    for number, code in ((receipt.case.tracking_id, "AAAA-AAAA-AAAA"), ("7KQ4-M2XD-T", receipt.secret_code)):
        answer = client.post("/akun/tambah/", {"number": number, "code": code})
        assert answer.status_code == 422
        assert "Nomor dan kode ini tidak cocok" in answer.content.decode()
    assert "Lampu padam" not in client.get("/akun/").content.decode()
    assert Event.objects.count() == before


def test_a_signed_in_citizen_sees_every_own_case(client: Client, submit: Callable[..., Any], cast: Cast) -> None:
    citizen = cast.person("citizen")
    submit(title="Hal yang peka", secret=True, contact=Contact(person_id=citizen.pk))
    client.force_login(citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Hal yang peka" in client.get("/akun/").content.decode()


def test_no_table_holds_the_address_in_clear(client: Client, submit: Callable[..., Any]) -> None:
    submit(contact=SITI)
    enter(client, MAIL, MAIL)
    kept = str([*ContactProof.objects.values(), *Message.objects.values("values", "recipient_name")])
    assert "siti" not in kept.lower()
    assert MAIL not in str(dict(client.session))
