"""Posts: invited to, taken, lent, ended; always within the own subtree and always written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanggap.accounts.actor import PUBLIC, actor_for
from tanggap.accounts.models import Delegation, Invitation, Membership, Person
from tanggap.accounts.roles import COORDINATOR_MAY_INVITE, Role
from tanggap.accounts.selectors import alarmed_units, holders_of, units_without_liaison
from tanggap.accounts.services.accept_invitation import accept_invitation
from tanggap.accounts.services.appoint import appoint
from tanggap.accounts.services.create_admin import create_admin
from tanggap.accounts.services.deactivate_person import deactivate_person
from tanggap.accounts.services.delegate_post import delegate_post
from tanggap.accounts.services.end_delegation import end_delegation
from tanggap.accounts.services.end_membership import end_membership
from tanggap.accounts.services.invite_person import Invited, invite_person
from tanggap.accounts.services.reactivate_person import reactivate_person
from tanggap.common.errors import Forbidden, Invalid, Refused
from tanggap.directory.selectors import agency_by_code, root_agency
from tanggap.ledger.models import Event
from tanggap.ledger.selectors import chain_is_intact, events_of
from tests.cast import DAY, Cast

pytestmark = pytest.mark.django_db
TODAY = DAY.date()
SANDI = "kalimat-sandi-yang-panjang"


def invite(cast: Cast, by: str = "verifier", **given: Any) -> Invited:
    usual = {"email": "baru@contoh.id", "name": "Budi", "agency": "35.27/dinkes", "role": "liaison_officer", **given}
    usual["agency"] = agency_by_code(usual["agency"])
    return invite_person(**usual, actor=cast[by], now=DAY)


def accept(invited: Invited, **given: Any) -> Person:
    return accept_invitation(
        **{"token": invited.token, "person": None, "name": "Budi", "password": SANDI, "now": DAY, **given}
    )


def post_of(cast: Cast, name: str) -> Membership:
    return Membership.objects.get(person=cast.person(name))


def names(stream: str) -> list[str]:
    return list(events_of(stream).values_list("name", flat=True))


# ---------- invitations ----------


def test_whoever_follows_the_link_gets_the_post_and_a_stranger_to_it_learns_nothing(cast: Cast) -> None:
    invited = invite(cast)
    person = accept(invited)
    actor = actor_for(person, on=TODAY)
    assert [(grant.role, grant.agency_id) for grant in actor.grants] == [
        ("liaison_officer", agency_by_code("35.27/dinkes").pk)
    ]
    assert person.check_password(SANDI)
    assert invited.token not in str(Invitation.objects.values().get())
    assert names(person.key) == ["person.joined", "person.appointed"]
    assert names(cast.person("verifier").key) == ["person.invited"]
    written = str(list(Event.objects.values("data", "personal")))
    assert "baru@contoh.id" not in written
    assert "Budi" not in written


def test_a_link_works_once(cast: Cast) -> None:
    invited = invite(cast)
    accept(invited)
    with pytest.raises(Refused):
        accept(invited)
    assert Membership.objects.filter(person__email="baru@contoh.id").count() == 1


def test_a_link_dies_after_seven_days_and_when_a_newer_one_is_made(cast: Cast) -> None:
    first = invite(cast)
    second = invite(cast)
    with pytest.raises(Refused):
        accept(first)
    with pytest.raises(Refused):
        accept(second, now=DAY + timedelta(days=7))
    assert not Person.objects.filter(email="baru@contoh.id").exists()
    accept(second, now=DAY + timedelta(days=7, seconds=-1))


def test_a_link_dies_with_the_post_of_whoever_made_it(cast: Cast) -> None:
    invited = invite(cast)
    deactivate_person(person_id=cast.person("verifier").pk, actor=cast["national_admin"], now=DAY)
    with pytest.raises(Forbidden):
        accept(invited)
    assert not Membership.objects.filter(person__email="baru@contoh.id").exists()


def test_the_link_to_an_existing_account_gives_its_maker_no_way_into_it(cast: Cast) -> None:
    admin = cast.person("national_admin")
    invited = invite(cast, email=admin.email)
    before = admin.password
    with pytest.raises(Refused, match="sudah punya akun"):
        accept(invited)
    with pytest.raises(Refused, match="alamat e-mail lain"):
        accept(invited, person=cast.person("citizen"))
    admin.refresh_from_db()
    assert admin.password == before
    assert accept(invited, person=admin).pk == admin.pk
    assert Membership.objects.filter(person=admin).count() == 2


@pytest.mark.parametrize(
    ("role", "code"), [("liaison_officer", "35.02/dinkes"), ("inspector", "35.27"), ("national_admin", "ID")]
)
def test_a_coordinator_invites_only_into_the_own_subtree_and_to_lower_posts(cast: Cast, role: str, code: str) -> None:
    with pytest.raises(Forbidden):
        invite(cast, role=role, agency=code)
    assert not Invitation.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "name", ["officer", "unit_head", "inspector", "leader", "evaluator", "ombudsman", "citizen", "anonymous"]
)
def test_nobody_but_coordinators_and_national_admins_invites(cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        invite(cast, by=name)


def test_a_national_admin_invites_anybody_anywhere_but_to_posts_that_cannot_be(cast: Cast) -> None:
    invite(cast, by="national_admin", role="inspector", agency="35.02")
    for role, code in (("national_admin", "35.27"), ("sekda", "35.27/dinkes"), ("raja", "35.27")):
        with pytest.raises(Invalid):
            invite(cast, by="national_admin", role=role, agency=code)
    outside = agency_by_code("35.02")
    outside.external = True
    outside.save(update_fields=["external"])
    with pytest.raises(Invalid, match="surat"):
        invite_person(email="a@contoh.id", name="", agency=outside, role="sekda", actor=cast["national_admin"], now=DAY)


@pytest.mark.parametrize("email", ["", "bukan", "a@b", "a b@contoh.id", "x" * 400 + "@contoh.id"])
def test_an_address_that_is_none_is_named_as_the_fault(cast: Cast, email: str) -> None:
    with pytest.raises(Invalid) as raised:
        invite(cast, email=email)
    assert raised.value.field == "email"


def test_somebody_who_holds_the_post_is_not_invited_again(cast: Cast) -> None:
    with pytest.raises(Refused):
        invite(cast, email="officer@contoh.id", agency="35.27/dpupr")


@pytest.mark.parametrize("password", ["", "pendek", "password123", "12345678901"])
def test_a_weak_password_leaves_the_link_open(cast: Cast, password: str) -> None:
    invited = invite(cast)
    with pytest.raises(Invalid):
        accept(invited, password=password)
    assert not Person.objects.filter(email="baru@contoh.id").exists()
    accept(invited)


# ---------- the first administrator ----------


def test_the_operator_makes_the_first_administrator(db: None) -> None:
    invited = create_admin(email="Admin@Contoh.ID", now=DAY)
    person = accept(invited)
    assert actor_for(person, on=TODAY).has_role(Role.NATIONAL_ADMIN)
    assert [grant.agency_id for grant in actor_for(person, on=TODAY).grants] == [root_agency().pk]


def test_the_operator_lets_an_administrator_back_in_and_only_the_newest_link_lives(cast: Cast) -> None:
    admin = cast.person("national_admin")
    first, second = (create_admin(email=admin.email, now=DAY) for _again in range(2))
    with pytest.raises(Refused):
        accept(first)
    assert accept(second).pk == admin.pk
    admin.refresh_from_db()
    assert admin.check_password(SANDI)
    assert admin.name == "National Admin"
    assert Membership.objects.filter(person=admin).count() == 1


# ---------- ending ----------


def test_a_post_ends_at_once_even_one_given_today(cast: Cast) -> None:
    person = accept(invite(cast))
    assert actor_for(person, on=TODAY).is_staff
    end_membership(membership_id=Membership.objects.get(person=person).pk, actor=cast["verifier"], now=DAY)
    assert not actor_for(person, on=TODAY).is_staff
    assert names(person.key)[-1] == "person.post_ended"
    with pytest.raises(Refused):
        end_membership(membership_id=Membership.objects.get(person=person).pk, actor=cast["verifier"], now=DAY)


def test_an_ended_post_can_be_given_again(cast: Cast) -> None:
    officer = cast.person("officer")
    end_membership(membership_id=post_of(cast, "officer").pk, actor=cast["verifier"], now=DAY)
    appoint(
        person=officer, agency=agency_by_code("35.27/dpupr"), role="liaison_officer", actor=cast["verifier"], now=DAY
    )
    assert actor_for(officer, on=TODAY).is_staff


@pytest.mark.parametrize(
    ("by", "whose"), [("verifier", "inspector"), ("outsider", "officer"), ("officer", "other_officer")]
)
def test_nobody_ends_a_post_that_is_not_theirs_to_give(cast: Cast, by: str, whose: str) -> None:
    with pytest.raises(Forbidden):
        end_membership(membership_id=post_of(cast, whose).pk, actor=cast[by], now=DAY)
    assert post_of(cast, whose).ends_on is None


def test_deactivating_ends_posts_sessions_and_what_was_lent(cast: Cast, client: Any) -> None:
    officer, colleague = cast.person("officer"), cast.person("other_officer")
    lend(cast, to="officer", post="other_officer")
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/akun/pengaturan/").status_code == 200
    deactivate_person(person_id=officer.pk, actor=cast["verifier"], now=DAY)
    officer.refresh_from_db()
    assert client.get("/akun/pengaturan/").status_code == 302
    assert actor_for(officer, on=TODAY) is PUBLIC
    assert not officer.has_usable_password()
    assert not actor_for(officer, on=TODAY).is_staff
    assert not Delegation.objects.filter(to_person=officer, ends_on__gte=TODAY).exists()
    assert actor_for(colleague, on=TODAY).is_staff
    assert chain_is_intact(events_of(officer.key))


def test_an_account_opened_again_has_no_post_and_no_old_session(cast: Cast, client: Any) -> None:
    officer = cast.person("officer")
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    deactivate_person(person_id=officer.pk, actor=cast["verifier"], now=DAY)
    with pytest.raises(Forbidden):
        reactivate_person(person_id=officer.pk, actor=cast["verifier"], now=DAY)
    reactivate_person(person_id=officer.pk, actor=cast["national_admin"], now=DAY)
    assert client.get("/akun/pengaturan/").status_code == 302
    assert not actor_for(Person.objects.get(pk=officer.pk), on=TODAY).is_staff


@pytest.mark.parametrize("whose", ["inspector", "outsider", "national_admin", "citizen"])
def test_a_coordinator_deactivates_only_own_people(cast: Cast, whose: str) -> None:
    with pytest.raises(Forbidden):
        deactivate_person(person_id=cast.person(whose).pk, actor=cast["verifier"], now=DAY)
    assert Person.objects.get(pk=cast.person(whose).pk).is_active


def test_nobody_deactivates_oneself_and_the_last_national_admin_stays(cast: Cast) -> None:
    with pytest.raises(Refused):
        deactivate_person(person_id=cast.person("verifier").pk, actor=cast["verifier"], now=DAY)
    with pytest.raises(Refused, match="terakhir"):
        end_membership(membership_id=post_of(cast, "national_admin").pk, actor=cast["national_admin"], now=DAY)
    assert post_of(cast, "national_admin").ends_on is None


# ---------- standing in ----------


def lend(
    cast: Cast, *, to: str = "health_officer", post: str = "officer", by: str | None = None, **given: Any
) -> Delegation:
    days = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=5), "reason": "Cuti tahunan", **given}
    return delegate_post(
        membership_id=post_of(cast, post).pk, to_person=cast.person(to), actor=cast[by or post], now=DAY, **days
    )


def test_a_colleague_stands_in_from_the_first_day_to_the_last_and_no_longer(cast: Cast) -> None:
    row = lend(cast, starts_on=TODAY + timedelta(days=1))
    agency = agency_by_code("35.27/dpupr").pk

    def stands_in(on: date) -> bool:
        grants = actor_for(cast.person("health_officer"), on=on).grants
        return (agency, True) in [(grant.agency_id, grant.delegated) for grant in grants]

    days = [TODAY + timedelta(days=n) for n in range(8)]
    assert [stands_in(day) for day in days] == [False, True, True, True, True, True, False, False]
    assert names(cast.person("officer").key) == ["person.post_lent"]
    end_delegation(delegation_id=row.pk, actor=cast["health_officer"], now=DAY + timedelta(days=2))
    assert not stands_in(TODAY + timedelta(days=2))


def test_whoever_stands_in_is_kept_from_cases_about_either_office(cast: Cast) -> None:
    lend(cast)
    posts = actor_for(cast.person("health_officer"), on=TODAY).posts
    assert set(posts) == {agency_by_code(code).path for code in ("35.27/dpupr", "35.27/dinkes")}


@pytest.mark.parametrize("to", ["outsider", "citizen", "evaluator", "officer"])
def test_a_post_is_not_lent_outside_the_body_nor_to_oneself(cast: Cast, to: str) -> None:
    with pytest.raises(Invalid):
        lend(cast, to=to)
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("by", ["other_officer", "outsider", "leader"])
def test_nobody_lends_somebody_elses_post(cast: Cast, by: str) -> None:
    with pytest.raises(Forbidden):
        lend(cast, by=by)


def test_a_coordinator_lends_for_an_officer_who_is_away_but_not_for_the_inspector(cast: Cast) -> None:
    lend(cast, by="verifier")
    with pytest.raises(Forbidden):
        lend(cast, post="inspector", by="verifier")


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (3, 2), (0, 181)], ids=["yesterday", "backwards", "for ever"])
def test_days_that_cannot_be_are_named(cast: Cast, first: int, last: int) -> None:
    with pytest.raises(Invalid):
        lend(cast, starts_on=TODAY + timedelta(days=first), ends_on=TODAY + timedelta(days=last))


def test_a_post_is_not_lent_twice_for_one_day(cast: Cast) -> None:
    lend(cast)
    with pytest.raises(Refused):
        lend(cast, to="verifier", starts_on=TODAY + timedelta(days=5), ends_on=TODAY + timedelta(days=9))


def test_standing_in_ends_with_the_holders_post(cast: Cast) -> None:
    lend(cast)
    end_membership(membership_id=post_of(cast, "officer").pk, actor=cast["verifier"], now=DAY)
    assert len(actor_for(cast.person("health_officer"), on=TODAY).grants) == 1


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(start=st.integers(0, 40), length=st.integers(0, 180), asked=st.integers(-5, 230))
def test_a_lent_post_is_in_force_exactly_on_its_days(cast: Cast, start: int, length: int, asked: int) -> None:
    Delegation.objects.all().delete()
    first, last = TODAY + timedelta(days=start), TODAY + timedelta(days=start + length)
    lend(cast, starts_on=first, ends_on=last)
    on = TODAY + timedelta(days=asked)
    assert any(grant.delegated for grant in actor_for(cast.person("health_officer"), on=on).grants) is (
        first <= on <= last
    )


# ---------- who answers for what ----------


def test_a_unit_without_an_active_liaison_officer_alarms_its_coordinator_alone(cast: Cast) -> None:
    body = agency_by_code("35.27")
    before = set(units_without_liaison(body, on=TODAY).values_list("code", flat=True))
    assert "35.27/dinkes" not in before
    assert "35.27" not in before
    deactivate_person(person_id=cast.person("health_officer").pk, actor=cast["verifier"], now=DAY)
    after = set(units_without_liaison(body, on=TODAY).values_list("code", flat=True))
    assert after - before == {"35.27/dinkes"}
    assert set(alarmed_units(cast["verifier"], on=TODAY).values_list("code", flat=True)) == after
    assert "35.27/dinkes" not in set(alarmed_units(cast["outsider"], on=TODAY).values_list("code", flat=True))
    assert not alarmed_units(cast["officer"], on=TODAY).exists()


def test_a_post_is_found_at_the_agency_or_the_nearest_one_above(
    cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    unit = agency_by_code("35.27/dpupr")

    def found(role: str) -> list[str]:
        return sorted(holder.person.name for holder in holders_of(role, unit, on=TODAY))

    assert found("liaison_officer") == ["Officer", "Other Officer"]
    assert found("coordinator") == ["Verifier"]
    assert found("inspector") == ["Inspector"]
    assert found("national_admin") == ["National Admin"]
    assert found("unit_head") == []
    assert holders_of("liaison_officer", agency_by_code("35.27/dinkes"), on=TODAY)[0].person.name == "Health Officer"
    with django_assert_max_num_queries(2):
        holders_of("coordinator", unit, on=TODAY)


def test_a_post_on_leave_is_filled_by_whoever_stands_in(cast: Cast) -> None:
    lend(cast)
    holders = holders_of("liaison_officer", agency_by_code("35.27/dpupr"), on=TODAY)
    assert sorted((holder.person.name, holder.standing_in) for holder in holders) == [
        ("Health Officer", True),
        ("Other Officer", False),
    ]


def test_an_inactive_person_fills_no_post(cast: Cast) -> None:
    Person.objects.filter(pk=cast.person("inspector").pk).update(is_active=False)
    assert holders_of("inspector", agency_by_code("35.27/dpupr"), on=TODAY) == []


def test_coordinators_may_not_appoint_whoever_watches_over_them() -> None:
    assert not {Role.INSPECTOR, Role.NATIONAL_ADMIN, Role.OMBUDSMAN, Role.EVALUATOR} & COORDINATOR_MAY_INVITE
