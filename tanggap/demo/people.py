"""The invented staff: an officer for every seat of the plan, and the demo's own people with a password."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.utils.timezone import get_default_timezone

from tanggap.accounts.actor import Actor, Grant
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Membership, Person
from tanggap.accounts.recording import post_data
from tanggap.accounts.roles import Role
from tanggap.cases.history.bulk import copy_rows, next_ids
from tanggap.demo.planning.cases import Family, Seat
from tanggap.demo.planning.facts import Facts
from tanggap.demo.planning.matters import bank
from tanggap.demo.planning.rhythm import DAYS_BACK, seeded
from tanggap.demo.planning.wording import name_of
from tanggap.directory.models import Agency
from tanggap.ledger.services.bulk_record import Entry, bulk_record

DOMAIN = "demo.tanggap.id"
CITIZEN = f"citizen@{DOMAIN}"
CITIZEN_NAME = "Warga Contoh"
IN_UNIT = (Role.LIAISON_OFFICER, Role.UNIT_HEAD)
AT_ROOT = (Role.EVALUATOR, Role.OMBUDSMAN, Role.NATIONAL_ADMIN)
OF_GOVERNMENT = (Role.COORDINATOR, Role.INSPECTOR, Role.REGIONAL_HEAD, Role.SEKDA)
APPOINTED_BEFORE = timedelta(days=DAYS_BACK + 60)


def demo_seats(facts: Facts) -> dict[Seat, str]:
    """The seats of those who can sign in, and their addresses: one for each role."""
    seats = {}
    for role in Role:
        place = facts.root.code if role in AT_ROOT else facts.home
        agency = f"{facts.home}/{facts.home_unit}" if role in IN_UNIT else place
        seats[Seat(role.value, agency)] = f"{role.value}@{DOMAIN}"
    return seats


def seats_of(plan: Iterable[Family], facts: Facts) -> list[Seat]:
    """Every seat that acts, and the others of the same offices, so that none that holds a case stands empty."""
    seats, offices = set(demo_seats(facts)), _of_home(facts)
    for case in (case for family in plan for case in family.cases):
        seats.update(act.by for act in case.acts if isinstance(act.by, Seat))
        offices.update(act.agency for act in case.acts if act.agency)
        offices.add(case.place)
        if case.entered_by is not None:
            seats.add(case.entered_by)
    offices |= {seat.agency for seat in seats} - {facts.root.code}
    units = {code for code in offices if "/" in code}
    for unit in units:
        officers = {Seat(Role.LIAISON_OFFICER.value, unit, number) for number in (1, 2)}
        seats |= officers | {Seat(Role.UNIT_HEAD.value, unit)}
    bodies = {code.partition("/")[0] for code in offices}
    governments = {place.code for place in facts.places}
    seats.update(Seat(Role.COORDINATOR.value, body) for body in bodies)
    seats.update(Seat(role.value, body) for body in bodies & governments for role in OF_GOVERNMENT)
    return sorted(seats)


def last_seen(plan: Iterable[Family]) -> dict[Seat, date]:
    """When each officer last did something."""
    seen: dict[Seat, date] = {}
    for act in (act for family in plan for case in family.cases for act in case.acts):
        if isinstance(act.by, Seat):
            seen[act.by] = max(seen.get(act.by, date.min), local_day(act.at))
    return seen


def _of_home(facts: Facts) -> set[str]:
    home = next(place for place in facts.places if place.code == facts.home)
    return {f"{home.code}/{slug}" for slug in home.units}


def address_of(seat: Seat, demo: Mapping[Seat, str]) -> str:
    """`liaison_officer.33.21.dpupr.2@…`: unique for a seat, and the same in every load."""
    return demo.get(seat) or f"{seat.role}.{seat.agency.replace('/', '.').lower()}.{seat.number}@{DOMAIN}"


@dataclass(frozen=True)
class Troupe:
    """The people of the plan as those who act."""

    seats: Mapping[Seat, Actor]
    citizen: Actor


def engage(
    plan: Sequence[Family], facts: Facts, agencies: Mapping[str, Agency], *, day: date, passwords: Mapping[str, str]
) -> Troupe:
    """Make the people who lack, with their posts and the events of it. The caller holds the transaction.

    Those with a password in `passwords` (address → password) can sign in; nobody else can.
    """
    demo, seen = demo_seats(facts), last_seen(plan)
    wanted = {address_of(seat, demo): seat for seat in seats_of(plan, facts) if seat.agency in agencies}
    known = _known(wanted)
    missing = [(mail, seat) for mail, seat in wanted.items() if mail not in known]
    _write(missing, agencies, day, passwords, seen)
    known = _known(wanted)
    citizen = _citizen(passwords, day)
    return Troupe({wanted[mail]: actor for mail, actor in known.items()}, Actor(citizen.key, person_id=citizen.pk))


def _known(wanted: Mapping[str, Seat]) -> dict[str, Actor]:
    """The seats that are taken already."""
    found = Membership.objects.filter(person__is_demo=True, person__email__endswith=f"@{DOMAIN}")
    actors = {}
    for post in found.select_related("person", "agency"):
        mail = post.person.email or ""
        if mail in wanted:
            actors[mail] = _actor(post.person_id, post, post.agency)
    return actors


def _actor(person_id: int, post: Membership, agency: Agency) -> Actor:
    grant = Grant(post.role, agency.pk, agency.path, agency.body_id, post.pk)
    return Actor(f"person:{person_id}", "staff", person_id, (grant,), (agency.path,))


def _write(
    missing: list[tuple[str, Seat]],
    agencies: Mapping[str, Agency],
    day: date,
    passwords: Mapping[str, str],
    seen: Mapping[Seat, date],
) -> None:
    since = day - APPOINTED_BEFORE
    joined_at = datetime.combine(since, time(8), get_default_timezone())
    closed = make_password(None)
    people, posts, entries = [], [], []
    people_ids, post_ids = next_ids(Person, len(missing)), next_ids(Membership, len(missing))
    for (mail, seat), person_id, post_id in zip(missing, people_ids, post_ids, strict=True):
        password = make_password(passwords[mail]) if mail in passwords else closed
        person = Person(
            pk=person_id,
            email=mail,
            name=name_of(bank(), seeded("staff", mail)),
            password=password,
            is_demo=True,
            joined_at=joined_at,
            last_seen_on=seen.get(seat),
        )
        agency = agencies[seat.agency]
        post = Membership(pk=post_id, person=person, agency=agency, role=seat.role, starts_on=since)
        people.append(person)
        posts.append(post)
        facts = {**post_data(post), "from": since.isoformat()}
        entries.append(Entry("person.appointed", person.key, "operator", joined_at, facts))
    copy_rows(people, with_id=True)
    copy_rows(posts, with_id=True)
    bulk_record(entries, new_streams=True)


def _citizen(passwords: Mapping[str, str], day: date) -> Person:
    """The demo's own citizen, who has written some of the cases."""
    joined_at = datetime.combine(day - APPOINTED_BEFORE, time(8), get_default_timezone())
    person, made = Person.objects.get_or_create(
        email=CITIZEN,
        defaults={"name": CITIZEN_NAME, "is_demo": True, "password": make_password(passwords.get(CITIZEN))},
    )
    if made:
        Person.objects.filter(pk=person.pk).update(joined_at=joined_at)
    return person
