"""What a person left on the cases of others: shown to whoever proved to be them, erased at once, counted as before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from tanggap.accounts.models import Person
from tanggap.cases.audit import audit
from tanggap.cases.following import Target
from tanggap.cases.identity import Contact
from tanggap.cases.models import Case, Endorsement, Erasure, Follow
from tanggap.cases.secret_codes import account_index
from tanggap.cases.services.follow import follow
from tanggap.cases.services.run_erasures import run_erasures
from tanggap.common.clock import frozen, now
from tests.cast import DAY, Cast
from tests.journeys.test_own_cases import enter
from tests.paths import HOUR, bring

pytestmark = pytest.mark.django_db
MINE, OTHERS = "warga@contoh.id", "lain@contoh.id"


@pytest.fixture(autouse=True)
def _same_week() -> Iterator[None]:
    cache.clear()
    with frozen(DAY + 28 * HOUR):
        yield


@pytest.fixture
def shown(submit: Any, cast: Cast) -> Case:
    return bring("in_progress", submit, cast)


@pytest.fixture
def citizen(client: Client, cast: Cast) -> Person:
    person: Person = cast.person("citizen")
    EmailAddress.objects.create(user=person, email=MINE, verified=True, primary=True)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return person


def followed(case: Case, email: str = MINE) -> None:
    follow(target=Target(case=case), email=email, now=now())
    Follow.objects.update(confirmed_at=now())


def marked(case: Case) -> list[Any]:
    case.refresh_from_db()
    return [case.endorsements, case.endorsement_rows.count()]


def test_an_account_sees_and_erases_what_it_follows_and_joined(client: Client, citizen: Person, shown: Case) -> None:
    followed(shown)
    followed(shown, OTHERS)
    client.post(f"/l/{shown.tracking_id}/ikut")
    Client().post(f"/l/{shown.tracking_id}/ikut")
    assert marked(shown) == [2, 2]
    (index,) = Endorsement.objects.exclude(account_index=None).values_list("account_index", flat=True)
    assert bytes(index) != account_index(citizen.pk), "the account's own cases may be secret"
    page = client.get("/akun/data/").content.decode()
    assert page.count(f"laporan {shown.tracking_id}") == 2
    found = json.loads(client.get("/akun/data/unduh.json").content)
    assert found["follows"][0]["what"] == f"laporan {shown.tracking_id}"
    assert [row["tracking_id"] for row in found["joined"]] == [shown.tracking_id]
    assert OTHERS not in json.dumps(found)
    assert client.get("/akun/data/unduh.pdf").content.startswith(b"%PDF")
    client.post("/akun/data/hapus/", {"traces": "on", "understood": "on"})
    assert Follow.objects.count() == 1, "somebody else's stays"
    assert not Endorsement.objects.filter(account_index__isnull=False).exists()
    assert marked(shown) == [2, 2], "the count stands"
    assert not Erasure.objects.exists(), "nothing waits"
    assert json.loads(client.get("/akun/data/unduh.json").content)["joined"] == []
    assert not list(audit())


def test_an_account_that_is_forgotten_leaves_no_traces(client: Client, citizen: Person, shown: Case) -> None:
    followed(shown)
    client.post(f"/l/{shown.tracking_id}/ikut")
    client.post("/akun/data/hapus/", {"account": "on", "understood": "on"})
    assert Follow.objects.count() == 1, "the wish waits"
    assert run_erasures(now=now() + timedelta(days=8)) == 1
    assert not Follow.objects.exists()
    assert not Endorsement.objects.filter(account_index__isnull=False).exists()
    assert marked(shown) == [1, 1]


def test_an_address_that_only_follows_can_open_its_list(client: Client, shown: Case) -> None:
    followed(shown)
    enter(client, MINE, MINE)
    assert f"laporan {shown.tracking_id}" in client.get("/akun/data/").content.decode()
    assert client.post("/akun/data/hapus/", {"traces": "on", "understood": ""}).status_code == 422
    assert Follow.objects.exists()
    client.post("/akun/data/hapus/", {"traces": "on", "understood": "on"})
    assert not Follow.objects.exists()


def test_an_address_that_only_stands_on_a_report_shows_nothing(client: Client, submit: Any, shown: Case) -> None:
    """Anybody may write a stranger's address on a report and hold its secret code."""
    followed(shown)
    receipt = submit(anonymous=True, contact=Contact(email=MINE))
    client.post("/akun/tambah/", {"number": receipt.case.tracking_id, "code": receipt.secret_code})
    assert json.loads(client.get("/akun/data/unduh.json").content)["follows"] == []
    answer = client.post("/akun/data/hapus/", {"traces": "on", "understood": "on"})
    assert answer.status_code == 422
    assert Follow.objects.count() == 1


def test_a_forgotten_reporter_is_told_of_the_own_case_no_more(client: Client, submit: Any, cast: Cast) -> None:
    case = bring("in_progress", submit, cast, contact=Contact(email=MINE))
    followed(case)
    followed(case, OTHERS)
    enter(client, MINE, MINE)
    client.post("/akun/data/hapus/", {"cases": [case.tracking_id], "understood": "on"})
    assert run_erasures(now=now() + timedelta(days=8)) == 1
    assert Follow.objects.count() == 1
