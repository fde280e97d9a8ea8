"""`tanggap create-admin`: standard output carries the link and nothing else."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from tanggap.accounts.models import Invitation, Person
from tanggap.accounts.tests.signing_in import PASSWORD, Door
from tanggap.common.errors import Invalid
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def create_admin(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("create_admin", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_it_prints_one_link_and_the_link_makes_an_administrator() -> None:

    link, told = create_admin("--email", "Kepala@Contoh.id")
    assert link.count("\n") == 1
    assert link.startswith("http://localhost:8000/akun/undangan/")
    assert "tujuh hari" in told
    assert "kepala@contoh.id" not in (link + told).lower()
    path = link.strip().removeprefix("http://localhost:8000")
    door = Door(Client())
    assert door.post(path, {"name": "Kepala", "password": PASSWORD}).status_code == 302
    assert door.sign_in("kepala@contoh.id")["Location"] == "/kerja/"
    assert Person.objects.get(email="kepala@contoh.id").is_staff


def test_asked_again_it_prints_another_link_and_the_first_is_dead() -> None:
    first, _told = create_admin("--email", "kepala@contoh.id")
    second, _told = create_admin("--email", "kepala@contoh.id")
    assert first != second

    door = Door(Client())
    assert door.get(first.strip().removeprefix("http://localhost:8000")).status_code == 410
    assert door.get(second.strip().removeprefix("http://localhost:8000")).status_code == 200


def test_for_an_existing_administrator_the_link_sets_a_new_password(cast: Cast) -> None:

    link, _told = create_admin("--email", "national_admin@contoh.id")
    door = Door(Client())
    path = link.strip().removeprefix("http://localhost:8000")
    page = door.get(path).content.decode()
    assert 'name="name"' not in page
    assert door.post(path, {"password": PASSWORD}).status_code == 302
    assert door.sign_in("national_admin@contoh.id").status_code == 302
    assert door.is_signed_in


def test_an_address_that_is_none_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(Invalid):
        create_admin("--email", "bukan-alamat")
    assert not Invitation.objects.exists()
