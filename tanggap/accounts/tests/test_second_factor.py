"""The second factor: required of coordinators and above, sealed at rest, not to be guessed or given up."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from tanggap.accounts.roles import SECOND_FACTOR_ROLES
from tanggap.accounts.services.create_admin import create_admin
from tanggap.accounts.tests.signing_in import PASSWORD, Door, code_of
from tests.cast import DAY, POSTS, Cast

pytestmark = pytest.mark.django_db
Doors = Callable[..., Door]
SET_UP = "/akun/dua-langkah/aplikasi/pasang/"
REQUIRED = sorted(name for name, (role, _code) in POSTS.items() if role in SECOND_FACTOR_ROLES)
SPARED = sorted(set(POSTS) - set(REQUIRED))


@pytest.mark.parametrize("name", REQUIRED)
def test_coordinators_and_above_set_one_up_before_any_page_of_the_console(door: Doors, name: str) -> None:
    browser = door(name)
    for method in (browser.get, browser.post):
        answer = method("/kerja/orang/saya/")
        assert (answer.status_code, answer["Location"]) == (303, SET_UP)
    browser.set_up_second_factor()
    assert browser.get("/kerja/orang/saya/").status_code == 200


@pytest.mark.parametrize("name", SPARED)
def test_others_may_do_without(door: Doors, name: str) -> None:
    assert door(name).get("/kerja/orang/saya/").status_code == 200


def test_nobody_needs_one_in_the_demo(door: Doors, settings: Any) -> None:
    settings.DEMO = True
    assert door("verifier").get("/kerja/orang/saya/").status_code == 200


def test_standing_in_for_a_coordinator_needs_one_too(door: Doors, people: Cast) -> None:
    from tanggap.accounts.models import Delegation, Membership

    post = Membership.objects.get(person=people.person("verifier"))
    browser = door("officer")
    assert browser.get("/kerja/orang/saya/").status_code == 200
    Delegation.objects.create(
        membership=post, to_person=people.person("officer"), starts_on="2020-01-01", ends_on="2099-12-31", reason="Cuti"
    )
    assert browser.get("/kerja/orang/saya/")["Location"] == SET_UP


def test_then_signing_in_takes_the_password_and_a_code(door: Doors) -> None:
    secret = door("verifier").set_up_second_factor()
    browser = door()
    assert browser.sign_in("verifier@contoh.id")["Location"] == "/akun/dua-langkah/masuk/"
    assert not browser.is_signed_in
    assert browser.get("/kerja/")["Location"].startswith("/akun/masuk/")
    wrong = browser.post("/akun/dua-langkah/masuk/", {"code": "000000"})
    assert "tidak cocok" in wrong.content.decode()
    assert not browser.is_signed_in
    assert browser.post("/akun/dua-langkah/masuk/", {"code": code_of(secret)})["Location"] == "/kerja/"
    assert browser.get("/kerja/orang/saya/").status_code == 200


def test_a_code_is_taken_once(door: Doors) -> None:
    secret = door("verifier").set_up_second_factor()
    code = code_of(secret)
    first, second = door(), door()
    for browser in (first, second):
        browser.sign_in("verifier@contoh.id")
        browser.post("/akun/dua-langkah/masuk/", {"code": code})
    assert first.is_signed_in
    assert not second.is_signed_in


def test_codes_cannot_be_guessed_without_end(door: Doors) -> None:
    secret = door("verifier").set_up_second_factor()
    browser = door()
    browser.sign_in("verifier@contoh.id")
    guessed = [browser.post("/akun/dua-langkah/masuk/", {"code": f"{n:06}"}).status_code for n in range(6)]
    assert guessed == [200, 200, 200, 200, 429, 429]
    other = door()
    other.sign_in("verifier@contoh.id")
    assert other.post("/akun/dua-langkah/masuk/", {"code": code_of(secret)}).status_code == 429
    assert not other.is_signed_in


def test_after_a_while_the_password_is_asked_again_before_anything_is_changed(door: Doors) -> None:
    browser = door("officer")
    an_hour_ago(browser)
    assert browser.get(SET_UP)["Location"].startswith("/akun/pastikan/")
    where = browser.get(SET_UP)["Location"]
    assert "tidak cocok" in browser.post(where, {"password": "salah-sama-sekali"}).content.decode()
    assert browser.post(where, {"password": PASSWORD})["Location"] == SET_UP
    assert browser.get(SET_UP).status_code == 200


def an_hour_ago(browser: Door) -> None:
    """As if the password had been typed an hour ago."""
    session = browser.client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()


def test_recovery_codes_are_shown_once_and_each_opens_once(door: Doors) -> None:
    browser = door("verifier")
    browser.set_up_second_factor()
    shown = re.findall(r"<li>(\d{8})</li>", browser.get("/akun/dua-langkah/kode/").content.decode())
    assert len(shown) == 10
    assert shown[0] not in browser.get("/akun/dua-langkah/kode/").content.decode()
    opened = []
    for code in (shown[0], shown[0], shown[1]):
        other = door()
        other.sign_in("verifier@contoh.id")
        other.post("/akun/dua-langkah/masuk/", {"code": code})
        opened.append(other.is_signed_in)
    assert opened == [True, False, True]


def test_secrets_rest_sealed(door: Doors) -> None:
    secret = door("verifier").set_up_second_factor()
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_it_cannot_be_given_up_while_the_post_requires_it(door: Doors) -> None:
    browser = door("verifier")
    browser.set_up_second_factor()
    assert "mewajibkan" in browser.post("/akun/dua-langkah/aplikasi/lepas/").content.decode()
    assert Authenticator.objects.filter(type="totp").exists()
    other = door("officer")
    other.set_up_second_factor()
    assert other.post("/akun/dua-langkah/aplikasi/lepas/").status_code == 302
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_the_operator_helps_whoever_lost_phone_and_codes(door: Doors, people: Cast) -> None:
    browser = door("national_admin")
    browser.set_up_second_factor()
    invited = create_admin(email="national_admin@contoh.id", now=DAY, forget_second_factor=True)
    assert not Authenticator.objects.filter(user=people.person("national_admin")).exists()
    assert browser.get("/kerja/")["Location"] != "", "the old session is led to set one up, or out"
    assert invited.path.startswith("/akun/undangan/")


def test_the_set_up_page_keeps_to_the_content_policy(door: Doors) -> None:
    page = door("verifier").get(SET_UP).content.decode()
    assert "<svg" in page
    assert "data:image" not in page
    assert "style=" not in page
    assert PASSWORD not in page
