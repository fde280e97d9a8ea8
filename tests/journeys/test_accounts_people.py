"""Officers' comings and goings, through the pages of the console."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tanggap.accounts.days import local_day
from tanggap.accounts.models import Delegation, Invitation, Membership, Person
from tanggap.accounts.tests.signing_in import PASSWORD, Door
from tanggap.cases.models import Assignment
from tanggap.cases.services.assign_case import assign_case
from tanggap.common import clock
from tanggap.directory.selectors import agency_by_code
from tanggap.ledger.selectors import events_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    """Second factors have tests of their own."""
    cache.clear()
    settings.DEMO = True


@pytest.fixture
def desk(cast: Cast) -> Callable[[str], Door]:
    """Somebody at work: signed in."""

    def opened(name: str) -> Door:
        person = cast.person(name)
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
        door = Door(Client())
        door.sign_in(person.email)
        assert door.is_signed_in
        return door

    return opened


def text_of(response: Any) -> str:
    return str(response.content.decode())


def link_in(response: Any) -> str:
    found = re.search(r'value="http[^"]*(/akun/undangan/[^"]+)"', text_of(response))
    assert found is not None, text_of(response)
    return found[1]


def test_a_coordinator_invites_an_officer_who_takes_the_post_and_works(desk: Callable[[str], Door]) -> None:
    words = {"email": "Baru@Contoh.id", "name": "Budi", "role": "liaison_officer", "agency": "35.27/dinkes"}
    coordinator = desk("verifier")
    link = link_in(coordinator.post("/kerja/orang/undang/", words))
    assert "baru@contoh.id" in text_of(coordinator.get("/kerja/orang/"))
    assert link not in text_of(coordinator.get("/kerja/orang/")), "shown once"
    newcomer = Door(Client())
    page = text_of(newcomer.get(link))
    assert "baru@contoh.id" in page
    assert 'value="Budi"' in page
    weak = newcomer.post(link, {"name": "Budi Santoso", "password": "pendek"})
    assert weak.status_code == 422
    assert "Budi Santoso" in text_of(weak)
    assert newcomer.post(link, {"name": "Budi Santoso", "password": PASSWORD})["Location"] == "/akun/masuk/"
    assert newcomer.sign_in("baru@contoh.id")["Location"] == "/kerja/"
    assert newcomer.get("/kerja/orang/saya/").status_code == 200
    assert Door(Client()).get(link).status_code == 410


def test_opening_the_link_changes_nothing(desk: Callable[[str], Door]) -> None:
    words = {"email": "baru@contoh.id", "role": "liaison_officer", "agency": "35.27/dinkes"}
    link = link_in(desk("verifier").post("/kerja/orang/undang/", words))
    for _again in range(2):
        assert Door(Client()).get(link).status_code == 200
    assert Invitation.objects.get().accepted_at is None


def test_an_invited_person_with_an_account_signs_in_first(desk: Callable[[str], Door], cast: Cast) -> None:
    words = {"email": "officer@contoh.id", "role": "unit_head", "agency": "35.27/dpupr"}
    link = link_in(desk("verifier").post("/kerja/orang/undang/", words))
    stranger = Door(Client())
    assert "sudah punya akun" in text_of(stranger.get(link))
    stolen = stranger.post(link, {"name": "X", "password": "kalimat-sandi-pencuri"})
    assert stolen.status_code in (409, 422)
    assert not cast.person("officer").memberships.filter(role="unit_head").exists()
    assert "masuk sebagai" in text_of(desk("leader").get(link)), "somebody else is told to sign out"
    owner = desk("officer")
    assert owner.post(link)["Location"] == "/kerja/"
    assert cast.person("officer").memberships.filter(role="unit_head").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "bukan-alamat"),
        ("role", "inspector"),
        ("agency", "35.02/dinkes"),
        ("agency", "tidak-ada"),
        ("role", ""),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_the_rest_stays(
    desk: Callable[[str], Door], field: str, value: str
) -> None:
    words = {
        "email": "baru@contoh.id",
        "name": "Budi",
        "role": "liaison_officer",
        "agency": "35.27/dinkes",
        field: value,
    }
    answer = desk("verifier").post("/kerja/orang/undang/", words)
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in text_of(answer)
    assert 'value="Budi"' in text_of(answer)
    assert not Invitation.objects.exists()


def test_a_national_admin_names_the_agency_in_words(desk: Callable[[str], Door]) -> None:
    words = {"email": "baru@contoh.id", "role": "inspector", "agency": "Kabupaten Ponorogo"}
    link_in(desk("national_admin").post("/kerja/orang/undang/", words))
    assert Invitation.objects.get().agency.code == "35.02"


def test_the_list_shows_ones_own_people_and_nobody_elses(desk: Callable[[str], Door]) -> None:
    own = text_of(desk("verifier").get("/kerja/orang/"))
    assert "Health Officer" in own
    assert "Outsider" not in own
    assert "Outsider" in text_of(desk("national_admin").get("/kerja/orang/"))
    found = text_of(desk("verifier").get("/kerja/orang/?q=health"))
    assert "Health Officer" in found
    assert "Unit Head" not in found
    for name in ("officer", "inspector", "leader", "ombudsman"):
        assert desk(name).get("/kerja/orang/").status_code == 404


def test_a_colleagues_page_is_seen_by_those_in_charge_alone(desk: Callable[[str], Door], cast: Cast) -> None:
    page = f"/kerja/orang/{cast.person('officer').pk}/"
    assert desk("verifier").get(page).status_code == 200
    assert desk("officer").get(page).status_code == 200
    for name in ("other_officer", "outsider", "leader"):
        assert desk(name).get(page).status_code == 404


@pytest.mark.parametrize("deed", ["nonaktifkan", "aktifkan"])
@pytest.mark.parametrize("name", ["officer", "other_officer", "outsider", "leader", "inspector"])
def test_nobody_else_closes_or_opens_an_account(desk: Callable[[str], Door], cast: Cast, name: str, deed: str) -> None:
    whose = cast.person("health_officer")
    assert desk(name).post(f"/kerja/orang/{whose.pk}/{deed}/").status_code == 404
    assert Person.objects.get(pk=whose.pk).is_active


def test_leaving_needs_a_successor_for_open_cases(
    desk: Callable[[str], Door], cast: Cast, case_in: Callable[..., Any], day: Any
) -> None:
    case = case_in("in_progress")
    officer, other = cast.person("officer"), cast.person("other_officer")
    assign_case(tracking_id=case.tracking_id, person=officer, actor=cast["officer"], now=day)
    coordinator = desk("verifier")
    page = f"/kerja/orang/{officer.pk}/"
    assert "1 laporan terbuka" in text_of(coordinator.get(page))
    refused = coordinator.post(page + "nonaktifkan/")
    assert refused.status_code == 422
    assert "Pilih penggantinya" in text_of(refused)
    assert Person.objects.get(pk=officer.pk).is_active
    outsider = {"tutup-successor": cast.person("outsider").pk}
    assert coordinator.post(page + "nonaktifkan/", outsider).status_code == 422
    done = coordinator.post(page + "nonaktifkan/", {"tutup-successor": other.pk}, follow=True)
    assert "1 laporan diserahkan" in text_of(done)
    assert Assignment.objects.get().person_id == other.pk
    assert not Person.objects.get(pk=officer.pk).is_active
    assert events_of(case.stream).last().data["instead_of"] == officer.key  # type: ignore[union-attr]


def test_a_case_about_the_successor_goes_back_to_the_unit_unsaid(
    desk: Callable[[str], Door], cast: Cast, case_in: Callable[..., Any], day: Any
) -> None:
    from tanggap.cases.models import Case, Subject

    case = case_in("in_progress")
    officer, other = cast.person("officer"), cast.person("other_officer")
    assign_case(tracking_id=case.tracking_id, person=officer, actor=cast["officer"], now=day)
    Subject.objects.create(case=case, person=other)
    Case.objects.filter(pk=case.pk).update(secret=True, guarded=True)
    done = desk("verifier").post(f"/kerja/orang/{officer.pk}/nonaktifkan/", {"tutup-successor": other.pk}, follow=True)
    assert "1 laporan kembali ke unit" in text_of(done)
    assert not Assignment.objects.exists()
    assert case.tracking_id not in text_of(done)


def test_a_post_is_ended_with_its_cases_handed_over(
    desk: Callable[[str], Door], cast: Cast, case_in: Callable[..., Any], day: Any
) -> None:
    case = case_in("in_progress")
    officer, other = cast.person("officer"), cast.person("other_officer")
    assign_case(tracking_id=case.tracking_id, person=officer, actor=cast["officer"], now=day)
    post = Membership.objects.get(person=officer)
    path = f"/kerja/orang/pos/{post.pk}/akhiri/"
    assert desk("outsider").post(path).status_code == 404
    assert desk("verifier").post(path).status_code == 422
    assert desk("verifier").post(path, {f"p{post.pk}e-successor": other.pk}).status_code == 302
    assert Assignment.objects.get().person_id == other.pk
    assert desk("officer").get("/kerja/").status_code == 404


def test_an_officer_on_leave_is_replaced_by_a_colleague_until_the_day(desk: Callable[[str], Door], cast: Cast) -> None:
    post = Membership.objects.get(person=cast.person("officer"))
    today = local_day(clock.now())
    prefix = f"p{post.pk}l-"
    words = {
        prefix + "to_person": cast.person("health_officer").pk,
        prefix + "starts_on": today.isoformat(),
        prefix + "ends_on": (today + timedelta(days=3)).isoformat(),
        prefix + "reason": "Cuti tahunan",
    }
    officer = desk("officer")
    path = f"/kerja/orang/pos/{post.pk}/titipkan/"
    backwards = officer.post(path, {**words, prefix + "ends_on": (today - timedelta(days=1)).isoformat()})
    assert backwards.status_code == 422
    assert "Hari terakhir" in text_of(backwards)
    assert "Cuti tahunan" in text_of(backwards)
    assert officer.post(path, words).status_code == 302
    assert "Health Officer" in text_of(officer.get("/kerja/orang/saya/"))
    assert "digantikan Health Officer" in text_of(desk("verifier").get("/kerja/orang/"))
    row = Delegation.objects.get()
    assert desk("outsider").post(f"/kerja/orang/titipan/{row.pk}/akhiri/").status_code == 404
    assert officer.post(f"/kerja/orang/titipan/{row.pk}/akhiri/").status_code == 302
    assert len(cast["health_officer"].grants) == 1


def test_units_without_a_liaison_officer_are_listed_and_counted(desk: Callable[[str], Door]) -> None:
    coordinator = desk("verifier")
    first = text_of(coordinator.get("/kerja/orang/unit-tanpa-penghubung/"))
    assert agency_by_code("35.27/dinkes").full_name not in first
    count = re.search(r"(\d+) unit tanpa pejabat penghubung aktif", text_of(coordinator.get("/kerja/orang/")))
    assert count is not None
    admin = desk("national_admin")
    assert admin.get("/kerja/orang/unit-tanpa-penghubung/?instansi=35.27").status_code == 200
    assert admin.get("/kerja/orang/unit-tanpa-penghubung/?instansi=nihil").status_code == 404


def test_lists_cost_a_handful_of_statements(
    desk: Callable[[str], Door], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    admin = desk("national_admin")
    admin.get("/kerja/orang/")
    with django_assert_max_num_queries(10):
        admin.get("/kerja/orang/")


def test_the_pages_are_there_in_english_too(desk: Callable[[str], Door], cast: Cast) -> None:
    door = desk("verifier")
    for page in ("", "undang/", "unit-tanpa-penghubung/", "saya/", f"{cast.person('officer').pk}/"):
        assert door.get(f"/kerja/orang/{page}?lang=en").status_code == 200, page
