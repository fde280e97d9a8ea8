"""The door of the console: who gets in, and that nothing typed is lost when a session ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tanggap.accounts.days import local_day
from tanggap.accounts.models import Delegation, Membership, Person
from tanggap.accounts.sign_in import kept
from tanggap.accounts.tests.signing_in import PASSWORD, Door
from tanggap.common import clock
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TEXT = "Rekan saya Wulan menggantikan selama cuti bersalin, tiga bulan penuh."


@pytest.fixture(autouse=True)
def _fresh() -> None:
    """Attempts are counted in memory for some minutes; another test's are not this one's."""
    cache.clear()


@pytest.fixture
def everybody(cast: Cast) -> Cast:
    for person in cast.people.values():
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    return cast


@pytest.fixture
def browser(everybody: Cast) -> Callable[..., Door]:
    def opened(name: str | None = None, **given: Any) -> Door:
        door = Door(Client(**given))
        if name:
            door.sign_in(everybody.person(name).email)
        return door

    return opened


def lending(cast: Cast) -> tuple[str, dict[str, str]]:
    """The form by which the officer lends out the own post."""
    post = Membership.objects.get(person=cast.person("officer"))
    today = local_day(clock.now())
    words = {
        "to_person": str(cast.person("health_officer").pk),
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=30)).isoformat(),
        "reason": TEXT,
    }
    prefix = f"p{post.pk}l-"
    return f"/kerja/orang/pos/{post.pk}/titipkan/", {prefix + name: value for name, value in words.items()}


def session_ends(door: Door) -> None:
    """The row is gone, as after twelve hours; the browser keeps its cookies."""
    door.client.session.flush()
    assert not door.is_signed_in


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {unescape(name): unescape(value) for name, value in found}


def test_signed_out_one_signs_in_and_comes_back_to_the_page(browser: Callable[..., Door]) -> None:
    door = browser()
    answer = door.get("/kerja/orang/saya/?lang=id")
    assert answer.status_code == 303
    assert answer["Location"] == "/akun/masuk/?next=%2Fkerja%2Forang%2Fsaya%2F%3Flang%3Did"
    back = door.post(answer["Location"], {"login": "officer@contoh.id", "password": PASSWORD})
    assert back["Location"] == "/kerja/orang/saya/?lang=id"


@pytest.mark.parametrize("elsewhere", ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(browser: Callable[..., Door], elsewhere: str) -> None:
    answer = browser().post("/akun/masuk/", {"login": "officer@contoh.id", "password": PASSWORD, "next": elsewhere})
    assert answer["Location"] == "/kerja/"


def test_a_citizen_finds_no_console_and_an_officer_no_admin(browser: Callable[..., Door], everybody: Cast) -> None:
    citizen = browser()
    citizen.client.force_login(
        everybody.person("citizen"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert citizen.get("/kerja/").status_code == 404
    assert browser("officer").get("/kerja/orang/").status_code == 404


def test_what_was_being_sent_when_the_session_ended_is_sent_after_signing_in(
    browser: Callable[..., Door], everybody: Cast
) -> None:
    door = browser("officer")
    door.get("/kerja/orang/saya/")
    path, words = lending(everybody)
    session_ends(door)
    answer = door.post(path, words)
    assert (answer.status_code, answer["Location"]) == (303, "/akun/masuk/?next=%2Fakun%2Flanjutkan%2F")
    assert not Delegation.objects.exists()
    assert "Tulisan Anda tersimpan" in door.get(answer["Location"]).content.decode()
    signed = door.sign_in("officer@contoh.id", next="/akun/lanjutkan/")
    page = door.get(signed["Location"]).content.decode()
    assert TEXT in page
    fields = hidden_fields(page)
    assert {name: fields[name] for name in words} == words
    passed_on = door.post("/akun/lanjutkan/", fields)
    assert (passed_on.status_code, passed_on["Location"]) == (307, path)
    assert door.post(path, fields).status_code == 302
    assert Delegation.objects.get().reason == TEXT
    assert door.get("/akun/lanjutkan/")["Location"] == "/kerja/", "it is kept no longer"


def test_a_colleague_at_the_same_computer_does_not_read_it(browser: Callable[..., Door], everybody: Cast) -> None:
    door = browser("officer")
    door.get("/kerja/orang/saya/")
    path, words = lending(everybody)
    session_ends(door)
    door.post(path, words)
    door.sign_in("other_officer@contoh.id")
    answer = door.get("/akun/lanjutkan/", follow=True)
    assert TEXT not in answer.content.decode()
    assert kept.SESSION_KEY not in door.client.session


def test_it_is_kept_sealed_for_two_hours_and_without_passwords(browser: Callable[..., Door], everybody: Cast) -> None:
    door = browser("officer")
    door.get("/kerja/orang/saya/")
    path, words = lending(everybody)
    session_ends(door)
    door.post(path, {**words, "password": "rahasia-sekali", "kode": "123456"})
    stored = door.client.session[kept.SESSION_KEY]
    assert "Wulan" not in str(stored)
    door.sign_in("officer@contoh.id")
    page = door.get("/akun/lanjutkan/").content.decode()
    assert "rahasia-sekali" not in page
    with clock.frozen(clock.now() + timedelta(hours=3)):
        assert door.get("/akun/lanjutkan/")["Location"] == "/kerja/"


def test_one_may_throw_it_away(browser: Callable[..., Door], everybody: Cast) -> None:
    door = browser("officer")
    door.get("/kerja/orang/saya/")
    path, words = lending(everybody)
    session_ends(door)
    door.post(path, words, headers={"referer": "http://testserver/kerja/orang/saya/"})
    door.sign_in("officer@contoh.id")
    answer = door.post("/akun/lanjutkan/", {"buang": "1"})
    assert answer["Location"] == "/kerja/orang/saya/"
    assert not Delegation.objects.exists()


def test_too_much_to_keep_or_a_strange_browser_is_shown_to_be_copied(
    browser: Callable[..., Door], everybody: Cast
) -> None:
    path, words = lending(everybody)
    stranger = browser()
    page = stranger.post(path, words)
    assert page.status_code == 403
    assert TEXT in page.content.decode()
    door = browser("officer")
    door.get("/kerja/orang/saya/")
    session_ends(door)
    page = door.post(path, {**words, "isi": "panjang " * 30_000})
    assert page.status_code == 403
    assert "panjang panjang" in page.content.decode()
    assert kept.SESSION_KEY not in door.client.session


def test_a_strangers_page_cannot_plant_a_form(browser: Callable[..., Door], everybody: Cast) -> None:
    door = browser("officer", enforce_csrf_checks=True)
    path, words = lending(everybody)
    assert door.post(path, words).status_code == 403
    assert kept.SESSION_KEY not in door.client.session


def test_signing_out_forgets_who_sat_here(browser: Callable[..., Door]) -> None:
    door = browser("officer")
    door.get("/kerja/orang/saya/")
    assert door.client.cookies[kept.COOKIE].value
    door.post("/akun/keluar/")
    assert not door.is_signed_in
    assert door.client.cookies[kept.COOKIE].value == ""


def test_the_actor_costs_two_statements_at_most(
    browser: Callable[..., Door], everybody: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    from tanggap.accounts.actor import actor_for

    with django_assert_max_num_queries(2):
        actor_for(everybody.person("officer"), on=local_day(clock.now()))


def test_somebody_deactivated_is_out_at_once(browser: Callable[..., Door], everybody: Cast) -> None:
    door = browser("officer")
    assert door.get("/kerja/orang/saya/").status_code == 200
    Person.objects.filter(pk=everybody.person("officer").pk).update(is_active=False)
    assert door.get("/kerja/orang/saya/").status_code == 303
