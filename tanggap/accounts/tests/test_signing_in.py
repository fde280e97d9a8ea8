"""Signing in: by e-mail or phone, in any spelling, telling a stranger nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from axes.models import AccessAttempt, AccessLog
from django.core import mail
from django.test import Client
from django.utils.html import strip_tags

from tanggap.accounts.models import Person
from tanggap.accounts.tests.signing_in import PASSWORD, Door
from tanggap.common import clock
from tanggap.config.sign_in import PASSWORD_HASHERS
from tanggap.ledger.selectors import events_of
from tanggap.notify.services.deliver import deliver
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Doors = Callable[..., Door]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.mark.parametrize("spelling", ["officer@contoh.id", " Officer@Contoh.ID "])
def test_an_officer_signs_in_by_email_in_any_case(door: Doors, spelling: str) -> None:
    browser = door()
    assert browser.sign_in(spelling)["Location"] == "/kerja/"
    assert browser.is_signed_in


def test_a_stolen_password_hash_costs_who_guesses_memory_and_time(settings: Any, cast: Cast, door: Doors) -> None:
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    officer = cast.person("officer")
    officer.set_password(PASSWORD)
    officer.save()
    cost = re.fullmatch(r"argon2\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$.+", officer.password)
    assert cost is not None
    assert int(cost[1]) >= 19 * 1024
    assert int(cost[2]) >= 2
    browser = door()
    assert browser.sign_in("officer@contoh.id")["Location"] == "/kerja/"
    assert browser.is_signed_in


@pytest.mark.parametrize("spelling", ["+6281234567890", "0812-3456-7890", "62 812 3456 7890", "812 3456 7890"])
def test_or_by_phone_in_any_common_spelling(door: Doors, people: Cast, spelling: str) -> None:
    Person.objects.filter(pk=people.person("officer").pk).update(phone="+6281234567890")
    browser = door()
    assert browser.sign_in(spelling).status_code == 302
    assert browser.is_signed_in


def test_an_officer_adds_a_number_and_signs_in_with_it(door: Doors, people: Cast) -> None:
    browser = door("officer")
    assert browser.post("/akun/telepon/", {"phone": "0812 3456 7890", "password": "salah-sekali"}).status_code == 422
    assert browser.post("/akun/telepon/", {"phone": "bukan nomor", "password": PASSWORD}).status_code == 422
    assert browser.post("/akun/telepon/", {"phone": "0812 3456 7890", "password": PASSWORD}).status_code == 302
    assert door().sign_in("+62 812-3456-7890")["Location"] == "/kerja/"
    taken = door("other_officer").post("/akun/telepon/", {"phone": "081234567890", "password": PASSWORD})
    assert taken.status_code == 422
    assert "tidak dapat dipakai" in taken.content.decode()
    assert browser.post("/akun/telepon/", {"phone": "", "password": PASSWORD}).status_code == 302
    person = people.person("officer")
    assert [event.name for event in events_of(person.key)] == ["person.phone_changed"] * 2
    assert "812" not in str([event.data for event in events_of(person.key)])


def test_a_citizen_cannot_ask_which_numbers_have_accounts(door: Doors, people: Cast) -> None:
    browser = door()
    browser.client.force_login(people.person("citizen"), backend=BACKEND)
    assert browser.get("/akun/telepon/").status_code == 404
    assert browser.post("/akun/telepon/", {"phone": "081234567890", "password": PASSWORD}).status_code == 404


def test_mail_lies_in_a_closed_folder_where_no_mail_server_is_named(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    backend = "tanggap.notify.mail.OutboxBackend"
    mail.get_connection(backend).send_messages([mail.EmailMessage("Judul", "Isi", to=["a@contoh.id"])])
    assert deliver(channel="email", now=clock.now()).sent == 1
    (letter,) = (tmp_path / "mail").iterdir()
    assert "Isi" in letter.read_text()
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700


def test_a_citizen_lands_on_the_own_account(door: Doors, people: Cast) -> None:
    EmailAddress.objects.create(user=people.person("citizen"), email="warga@contoh.id", verified=True, primary=True)
    browser = door()
    assert browser.sign_in("warga@contoh.id")["Location"] == "/akun/"
    assert "Warga" in browser.get("/akun/").content.decode()


def shown(response: object) -> str:
    """What a reader sees, without the token and what was typed."""
    text = strip_tags(response.content.decode())  # type: ignore[attr-defined]
    return " ".join(text.split())


def test_a_wrong_password_and_an_unknown_address_get_the_same_page(door: Doors) -> None:
    known = door().sign_in("officer@contoh.id", "salah-sama-sekali")
    unknown = door().sign_in("tidak.ada@contoh.id", "salah-sama-sekali")
    number = door().sign_in("0812 9999 9999", "salah-sama-sekali")
    nonsense = door().sign_in("bukan apa-apa", "salah-sama-sekali")
    assert {page.status_code for page in (known, unknown, number, nonsense)} == {200}
    assert shown(known) == shown(unknown) == shown(number) == shown(nonsense)
    assert "tidak cocok" in shown(known)


def test_somebody_deactivated_does_not_get_in(door: Doors, people: Cast) -> None:
    Person.objects.filter(pk=people.person("officer").pk).update(is_active=False)
    browser = door()
    browser.sign_in("officer@contoh.id")
    assert not browser.is_signed_in


def test_five_wrong_passwords_lock_the_name_and_not_the_neighbour(door: Doors) -> None:
    for _attempt in range(4):
        assert door().sign_in("officer@contoh.id", "salah-sama-sekali").status_code == 200
    locked = door().sign_in("OFFICER@contoh.id", "salah-sama-sekali")
    assert (locked.status_code, locked["Retry-After"]) == (429, "900")
    browser = door()
    assert browser.sign_in("officer@contoh.id").status_code == 429
    assert not browser.is_signed_in
    assert door("other_officer").is_signed_in


def test_an_unknown_name_locks_just_the_same(door: Doors) -> None:
    pages = [door().sign_in("tidak.ada@contoh.id", "salah-sama-sekali").status_code for _attempt in range(6)]
    assert pages == [200, 200, 200, 200, 429, 429]


def test_a_right_password_forgives_what_was_mistyped_before(door: Doors) -> None:
    for _attempt in range(3):
        door().sign_in("officer@contoh.id", "salah-sama-sekali")
    door("officer")
    for _attempt in range(4):
        assert door().sign_in("officer@contoh.id", "salah-sama-sekali").status_code == 200


def test_of_a_failure_only_a_digest_is_kept(door: Doors) -> None:
    door(REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="Ponsel/1").sign_in("warga@contoh.id", "salah-sama-sekali")
    row = AccessAttempt.objects.get()
    kept = [row.ip_address, row.user_agent, row.http_accept, row.path_info, row.post_data, row.get_data]
    assert [value for value in kept if value] == []
    assert "warga" not in (row.username or "")
    door("officer", REMOTE_ADDR="203.0.113.7")
    assert not AccessLog.objects.exists()


def test_a_session_ends_when_the_password_changes(door: Doors) -> None:
    here, there = door("officer"), door("officer")
    words = {
        "oldpassword": PASSWORD,
        "password1": "kalimat-baru-yang-panjang",
        "password2": "kalimat-baru-yang-panjang",
    }
    assert here.post("/akun/kata-sandi/ganti/", words).status_code == 302
    assert here.get("/akun/pengaturan/").status_code == there.get("/akun/pengaturan/").status_code == 302
    assert door().sign_in("officer@contoh.id", "kalimat-baru-yang-panjang").status_code == 302


def test_two_different_new_passwords_are_refused_in_words(door: Doors) -> None:
    words = {
        "oldpassword": PASSWORD,
        "password1": "kalimat-baru-yang-panjang",
        "password2": "kalimat-lain-yang-panjang",
    }
    page = door("officer").post("/akun/kata-sandi/ganti/", words)
    assert "Kedua kata sandi itu tidak sama." in page.content.decode()


def test_a_forgotten_password_is_set_by_a_link_that_works_once_and_opens_a_locked_name(door: Doors) -> None:
    browser = door()
    for _attempt in range(5):
        door().sign_in("officer@contoh.id", "salah-sama-sekali")
    assert browser.post("/akun/kata-sandi/lupa/", {"email": "officer@contoh.id"}).status_code == 302
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    path = link.removeprefix("http://testserver")
    form = browser.get(path, follow=True).request["PATH_INFO"]
    new = {"password1": "kalimat-baru-yang-panjang", "password2": "kalimat-baru-yang-panjang"}
    assert browser.post(form, new).status_code == 302
    assert door().sign_in("officer@contoh.id", "kalimat-baru-yang-panjang").status_code == 302
    assert "tidak berlaku" in door().get(path, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_reply_and_no_mail(door: Doors) -> None:
    known = door().post("/akun/kata-sandi/lupa/", {"email": "officer@contoh.id"})
    unknown = door().post("/akun/kata-sandi/lupa/", {"email": "tidak.ada@contoh.id"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [["officer@contoh.id"]]


def sign_up(browser: Door, email: str, **given: str) -> object:
    words = {"name": "Siti", "email": email, "password1": "kalimat-sandi-siti", **given}
    return browser.post("/akun/daftar/", words)


def test_a_citizen_signs_up_and_proves_the_address_before_the_first_sign_in(door: Doors) -> None:
    browser = door()
    answer = sign_up(browser, "Siti@Contoh.id")
    assert answer["Location"] == "/akun/alamat/terkirim/"  # type: ignore[index]
    person = Person.objects.get(email="siti@contoh.id")
    assert person.name == "Siti"
    other = door()
    other.sign_in("siti@contoh.id", "kalimat-sandi-siti")
    assert not other.is_signed_in
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    path = link.removeprefix("http://testserver")
    assert "siti@contoh.id" in browser.get(path).content.decode()
    assert not EmailAddress.objects.get().verified, "opening a link changes nothing: scanners open it too"
    browser.post(path)
    assert door().sign_in("siti@contoh.id", "kalimat-sandi-siti")["Location"] == "/akun/"
    assert [event.name for event in events_of(person.key)] == ["person.joined"]
    assert "siti" not in str(events_of(person.key)[0].data).lower()


def test_signing_up_with_a_known_address_looks_the_same_and_tells_only_its_owner(door: Doors) -> None:
    new, known = sign_up(door(), "baru@contoh.id"), sign_up(door(), "officer@contoh.id")
    assert (new.status_code, new["Location"]) == (known.status_code, known["Location"])  # type: ignore[attr-defined,index]
    assert Person.objects.filter(email="officer@contoh.id").count() == 1
    told = {message.to[0]: message.subject for message in mail.outbox}
    assert told["officer@contoh.id"] == "[Tanggap] Alamat ini sudah punya akun"


@pytest.mark.parametrize("password", ["pendek", "1234567890", "password123"])
def test_a_weak_password_is_refused_in_a_sentence_and_the_rest_stays(door: Doors, password: str) -> None:
    page = sign_up(door(), "siti@contoh.id", password1=password)
    text = page.content.decode()  # type: ignore[attr-defined]
    assert "siti@contoh.id" in text
    assert f'value="{password}"' not in text
    assert not Person.objects.filter(email="siti@contoh.id").exists()


def test_a_day_with_visits_is_written_once(door: Doors, people: Cast, django_assert_num_queries: object) -> None:
    browser = door("officer")
    browser.get("/akun/")
    person = Person.objects.get(pk=people.person("officer").pk)
    assert person.last_seen_on is not None
    assert person.last_seen_on >= date(2026, 1, 1)


def test_every_account_page_answers_in_both_languages(door: Doors) -> None:
    browser = door("officer")
    for page in ("/akun/", "/akun/pengaturan/", "/akun/keluar/", "/akun/kata-sandi/ganti/", "/akun/dua-langkah/"):
        assert browser.get(page).status_code == 200, page
        assert 'lang="en"' in browser.get(page + "?lang=en").content.decode()
    stranger = Door(Client())
    for page in (
        "/akun/masuk/",
        "/akun/daftar/",
        "/akun/kata-sandi/lupa/",
        "/akun/alamat/terkirim/",
        "/akun/nonaktif/",
    ):
        assert stranger.get(page).status_code == 200, page
