"""Offices with everybody in them, and cases driven through time by sweeps, for the tests of the ladders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tanggap.accounts.actor import PUBLIC, Actor, actor_for
from tanggap.accounts.models import Membership, Person
from tanggap.cases.correction import Correction
from tanggap.cases.models import Case
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.cases.services.verify_case import Verification, verify_case
from tanggap.directory import cache
from tanggap.directory.models import OfficeWeek
from tanggap.directory.selectors import agency_by_code
from tanggap.escalation.models import Watch
from tanggap.escalation.services.sweep import sweep
from tanggap.escalation.services.watch_case import watch_cases

ZONES = {"WIB": ZoneInfo("Asia/Jakarta"), "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}
AT_BODY = ("coordinator", "sekda", "regional_head", "inspector")
AT_UNIT = ("liaison_officer", "unit_head")
AT_ROOT = ("national_admin", "ombudsman")
SINCE = date(2015, 1, 1)


def person(role: str, code: str, **given: Any) -> Person:
    """Somebody in a post; the address says which."""
    who = Person.objects.create(
        email=given.pop("email", f"{role}@{code.replace('/', '.').lower()}.contoh.id"),
        name=f"{role} {code}",
        password="!",
        **given,
    )
    Membership.objects.create(person=who, agency=agency_by_code(code), role=role, starts_on=SINCE)
    return who


def staffed(unit: str) -> dict[str, Person]:
    """A government with one unit, and the nation above it, every post filled."""
    body = unit.split("/", maxsplit=1)[0]
    places = [*((role, unit) for role in AT_UNIT), *((r, body) for r in AT_BODY), *((r, "ID") for r in AT_ROOT)]
    return {role: person(role, code) for role, code in places}


def acting(who: Person) -> Actor:
    """The actor a person is."""
    return actor_for(who, on=date(2026, 5, 1))


def six_days(code: str, opens: time = time(7, 30), closes: time = time(14)) -> None:
    """An office that works on Saturdays too, and shorter."""
    OfficeWeek.objects.create(
        agency=agency_by_code(code), days="0,1,2,3,4,5", opens=opens, closes=closes, valid_from=SINCE
    )
    cache.clear()


def submitted(body: str, at: datetime, **given: Any) -> Case:
    given.setdefault("text", "Lampu jalan di depan pasar padam sejak tiga malam, warga takut lewat.")
    return submit_case(
        submission=Submission(channel="web", agency=agency_by_code(body), **given), actor=PUBLIC, now=at
    ).case


def forwarded(unit: str, people: dict[str, Person], at: datetime, *, received: datetime | None = None) -> Case:
    """A complaint verified and handed to a unit at a moment."""
    case = submitted(unit.split("/", maxsplit=1)[0], received or at)
    verification = Verification(
        agency=agency_by_code(unit), correction=Correction(title="Lampu padam", classification="complaint")
    )
    return verify_case(
        tracking_id=case.tracking_id, verification=verification, actor=acting(people["coordinator"]), now=at
    )


def live_through(cases: Iterable[Case], start: datetime, end: datetime) -> None:
    """Sweep at every moment the watches name, as the worker would, until nothing is due before the end."""
    watch_cases([case.pk for case in cases], now=start)
    while True:
        due = Watch.objects.filter(next_check_at__lte=end).order_by("next_check_at").first()
        if due is None or due.next_check_at is None:
            return
        sweep(now=max(due.next_check_at, start))
