"""The invented agency and its people, and the cases of the exercises. Runs in the sandbox only."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from tanggap.accounts.actor import OPERATOR, PUBLIC, Actor, actor_for
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Membership, Person
from tanggap.accounts.roles import Role
from tanggap.cases.correction import Correction
from tanggap.cases.models import Case
from tanggap.cases.services.accept_case import accept_case
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.cases.services.verify_case import Verification, verify_case
from tanggap.common.worlds import SANDBOX, world
from tanggap.console.training.exercises import EXERCISES, Exercise, done_among, tag_of
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_code, root_agency
from tanggap.directory.services import create_agency
from tanggap.ledger.models import Event

BODY: Final = "LATIHAN"
OWN_UNIT: Final = "LATIHAN/air"
UNITS: Final = ((OWN_UNIT, "Dinas Air", "air bersih; pipa"), ("LATIHAN/jalan", "Dinas Jalan", "jalan"))
COLLEAGUE: Final = "rekan@latihan.invalid"
BEGAN: Final = timedelta(days=400)


def build_stage(*, now: datetime) -> None:
    """The body, its units and a colleague who brings cases on their way."""
    _check()
    if Agency.objects.filter(code=BODY).exists():
        return
    made: dict[str, Any] = {"actor_key": OPERATOR.key, "reason": "latihan", "now": now}
    body = create_agency(
        parent=root_agency(),
        code=BODY,
        name="Kabupaten Latihan",
        short_name="Latihan",
        kind=Agency.Kind.REGENCY,
        **made,
    )
    for code, name, topics in UNITS:
        create_agency(parent=body, code=code, name=name, topics=topics, **made)
    colleague = Person.objects.create(email=COLLEAGUE, name="Rekan Latihan", password="!")  # noqa: S106 - no password
    day = local_day(now) - BEGAN
    posts = [(BODY, Role.COORDINATOR), *((code, Role.LIAISON_OFFICER) for code, _name, _topics in UNITS)]
    _appoint(colleague, posts, day)


def seat(*, person_id: int, now: datetime) -> Actor:
    """The trainee in the two posts that the exercises need. Neither name nor address comes along from outside."""
    _check()
    person, is_new = Person.objects.get_or_create(
        pk=person_id, defaults={"email": f"{person_id}@latihan.invalid", "name": _("Peserta latihan"), "password": "!"}
    )
    if is_new:
        _appoint(person, [(BODY, Role.COORDINATOR), (OWN_UNIT, Role.LIAISON_OFFICER)], local_day(now) - BEGAN)
    return actor_for(person, on=local_day(now))


def _appoint(person: Person, posts: list[tuple[str, Role]], day: date) -> None:
    Membership.objects.bulk_create(
        Membership(person=person, agency=agency_by_code(code), role=role, starts_on=day) for code, role in posts
    )


def cases_of(person_id: int) -> dict[str, Case]:
    """The newest case of each exercise of a person, by the exercise."""
    tags = {tag_of(person_id, exercise): exercise.slug for exercise in EXERCISES}
    rows = Case.objects.filter(source_tag__in=tags).order_by("pk")
    return {tags[row.source_tag]: row for row in rows}


def set_out(exercise: Exercise, *, person_id: int, now: datetime) -> Case:
    """A fresh case for an exercise, as far as it must be for it."""
    _check()
    received = now - timedelta(minutes=3)
    receipt = submit_case(
        submission=Submission(
            text=exercise.text,
            channel="web",
            agency=agency_by_code(BODY),
            source_tag=tag_of(person_id, exercise),
        ),
        actor=PUBLIC,
        now=received,
    )
    number = receipt.case.tracking_id
    if exercise.begun == "unverified":
        return receipt.case
    colleague = actor_for(Person.objects.get(email=COLLEAGUE), on=local_day(now))
    correction = Correction(title=_("Latihan: %(title)s") % {"title": exercise.title}, classification="complaint")
    verify_case(
        tracking_id=number,
        verification=Verification(agency=agency_by_code(OWN_UNIT), correction=correction),
        actor=colleague,
        now=now - timedelta(minutes=2),
    )
    if exercise.begun == "accepted":
        accept_case(tracking_id=number, actor=colleague, now=now - timedelta(minutes=1))
    return receipt.case


def done_by(person_id: int) -> set[str]:
    """The exercises whose events this person has brought about, on whichever of their cases."""
    tags = {tag_of(person_id, exercise): exercise for exercise in EXERCISES}
    rows = Case.objects.filter(source_tag__in=tags).values_list("pk", "source_tag")
    streams = {f"case:{pk}": tags[tag] for pk, tag in rows}
    events = Event.objects.filter(stream__in=streams).order_by("stream", "seq")
    return done_among(streams, events, actor=f"person:{person_id}")


def _check() -> None:
    """An invented agency among real ones would be a lie in every figure."""
    if world() != SANDBOX:
        raise RuntimeError("only in the sandbox")
