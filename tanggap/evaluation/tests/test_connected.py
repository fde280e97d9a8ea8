"""Bodies take part through their people: 34 + 97 + 340 + 84 + 31 = 586, as published in 2018."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tanggap.accounts.models import Membership, Person
from tanggap.directory.models import Agency
from tanggap.directory.selectors import root_agency
from tanggap.evaluation.selectors.connected import active_bodies, connected_bodies

pytestmark = pytest.mark.django_db
DAY = date(2018, 12, 31)
PUBLISHED = {"ministry": 34, "institution": 97, "regency": 340, "city": 84, "province": 31}


def body(kind: str, number: int) -> Agency:
    root = root_agency()
    made = Agency.objects.create(code=f"X-{kind}-{number}", name=f"{kind} {number}", kind=kind, parent=root, path="/0/")
    made.path, made.body = f"{root.path}{made.pk}/", made
    return made


def bodies(numbers: dict[str, int]) -> list[Agency]:
    made = [body("coordinating_ministry" if kind == "ministry" and n < 4 else kind, n)
            for kind, number in numbers.items() for n in range(number)]  # fmt: skip
    Agency.objects.bulk_update(made, ["path", "body"])
    return made


@pytest.fixture
def people() -> list[Person]:
    rows = [Person(email=f"p{n}@contoh.id", name=f"P {n}", password="!") for n in range(3)]
    return Person.objects.bulk_create(rows)


def post(person: Person, agency: Agency, starts: date, ends: date | None = None) -> Membership:
    return Membership(person=person, agency=agency, role="liaison_officer", starts_on=starts, ends_on=ends)


def test_the_bodies_of_2018_are_counted_from_posts(people: list[Person]) -> None:
    made = bodies(PUBLISHED)
    since = date(2018, 1, 1)
    unit = Agency.objects.create(code="X-unit", name="Unit", kind="unit", parent=made[0], body=made[0], path="/0/")
    unit.path = f"{made[0].path}{unit.pk}/"
    unit.save()
    rows = [post(people[0], unit, since), *(post(people[0], one, since) for one in made[1:])]
    # A second officer makes no second body, and a post that ended or is still to come makes none.
    rows += [post(people[1], made[5], since), post(people[1], made[6], date(2016, 1, 1), date(2017, 1, 1))]
    extra = bodies({"university": 2})
    rows += [
        post(people[2], extra[0], since, DAY - timedelta(days=1)),
        post(people[2], extra[1], DAY + timedelta(days=1)),
    ]
    Membership.objects.bulk_create(rows)
    found = connected_bodies(DAY)
    assert {kind: number for kind, number in found.items() if number} == PUBLISHED
    assert sum(found.values()) == 586
    assert connected_bodies(date(2015, 1, 1)) == dict.fromkeys(found, 0)
    assert connected_bodies(DAY + timedelta(days=1))["university"] == 1


def test_active_is_who_came_within_thirty_days(people: list[Person]) -> None:
    made = bodies({"city": 2})
    Membership.objects.bulk_create(post(person, agency, DAY) for person, agency in zip(people, made, strict=False))
    Person.objects.filter(pk=people[0].pk).update(last_seen_on=DAY - timedelta(days=29))
    Person.objects.filter(pk=people[1].pk).update(last_seen_on=DAY - timedelta(days=30))
    assert connected_bodies(DAY)["city"] == 2
    assert active_bodies(DAY)["city"] == 1
