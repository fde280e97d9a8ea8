"""Passkeys without a browser: who gets to them, and that nothing made up opens an account."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from tanggap.accounts.models import Person
from tanggap.accounts.sign_in.second_factor import SecondFactorAdapter
from tanggap.accounts.tests.signing_in import PASSWORD, Door
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(cast: Cast) -> Person:
    cache.clear()
    person: Person = cast.person("officer")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.mark.parametrize(
    "credential",
    ["", "[]", "{}", "1", "null", "x", '{"response": 1}', '{"response": {}}', '{"response": {"userHandle": "MQ"}}',
     '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "MQ", "clientDataJSON": "e30", '
     '"authenticatorData": "AA", "signature": "AA"}}', '{"response": {"userHandle": [1]}}'],
)  # fmt: skip
def test_nothing_made_up_signs_anybody_in(officer: Person, credential: str) -> None:
    door = Door(Client())
    assert "challenge" in door.get("/akun/kunci/masuk/").content.decode()
    answer = door.post("/akun/kunci/masuk/", {"credential": credential})
    assert answer["Location"] == "/akun/masuk/"
    assert not door.is_signed_in


@pytest.mark.parametrize(
    "credential", ["", "[]", "{}", '{"response": {}}', '{"response": {"attestationObject": "AA"}}']
)
def test_nothing_made_up_becomes_a_passkey(officer: Person, credential: str) -> None:
    door = Door(Client())
    door.sign_in("officer@contoh.id")
    assert "data-passkey-add" in door.get("/akun/kunci/").content.decode()
    assert door.post("/akun/kunci/", {"credential": credential, "name": "x"}).status_code == 422
    assert not Authenticator.objects.exists()


def test_only_the_own_passkeys_can_be_removed(officer: Person, cast: Cast) -> None:
    other = Authenticator.objects.create(
        user=cast.person("other_officer"), type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}}
    )
    assert Client().post(f"/akun/kunci/{other.pk}/lepas/").status_code == 302
    door = Door(Client())
    door.sign_in("officer@contoh.id")
    assert door.post(f"/akun/kunci/{other.pk}/lepas/").status_code == 404
    assert Authenticator.objects.count() == 1


def test_a_password_never_waits_for_a_passkey(officer: Person) -> None:
    Authenticator.objects.create(user=officer, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}})
    assert not SecondFactorAdapter().is_mfa_enabled(officer)
    assert Door(Client()).sign_in("officer@contoh.id")["Location"] == "/kerja/"
