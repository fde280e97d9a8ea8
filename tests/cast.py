"""pytest plugin: the small country the tests live in, and the people who act there.

Loaded by `-p` in pyproject.toml so that the tests beside the apps see the same cast as those in tests/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

WIB = ZoneInfo("Asia/Jakarta")
PASSWORD = "kata-sandi-uji-17081945"

# name → (role, agency code)
POSTS = {
    "verifier": ("coordinator", "35.27"),
    "officer": ("liaison_officer", "35.27/dpupr"),
    "other_officer": ("liaison_officer", "35.27/dpupr"),
    "health_officer": ("liaison_officer", "35.27/dinkes"),
    "unit_head": ("unit_head", "35.27/dinkes"),
    "inspector": ("inspector", "35.27"),
    "leader": ("leader", "35.27"),
    "outsider": ("coordinator", "35.02"),
    "evaluator": ("evaluator", "ID"),
    "ombudsman": ("ombudsman", "ID"),
    "national_admin": ("national_admin", "ID"),
}


@pytest.fixture(autouse=True)
def _fresh_reference_cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What one test changed and rolled back must not be remembered by the next.

    Within a test the revision is asked for once: how many statements a page costs must not depend on whether a second
    passed meanwhile.
    """
    from django.core.cache import caches

    from tanggap.directory import cache

    caches["template_fragments"].clear()
    monkeypatch.setattr(cache, "SECONDS_BETWEEN_CHECKS", float("inf"))
    cache.clear()
    yield
    cache.clear()


@dataclass
class Cast:
    """People by name; `cast["officer"]` is the actor, `cast.person("officer")` the row."""

    people: dict[str, Any]

    def person(self, name: str) -> Any:
        return self.people[name]

    def __getitem__(self, name: str) -> Any:
        from tanggap.accounts.actor import PUBLIC, TIMER, actor_for

        if name == "timer":
            return TIMER
        if name == "anonymous":
            return PUBLIC
        return actor_for(self.people[name], on=DAY.date())


DAY = datetime(2026, 11, 9, 9, 0, tzinfo=WIB)  # a Monday without holidays in its fortnight


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody of POSTS, and a citizen with an account."""
    from tanggap.accounts.models import Membership, Person
    from tanggap.directory.selectors import agency_by_code

    since = DAY.date() - timedelta(days=900)
    people = {
        name: Person(email=f"{name}@contoh.id", name=name.replace("_", " ").title(), password="!") for name in POSTS
    }
    people["citizen"] = Person(email="warga@contoh.id", name="Warga", password="!")
    Person.objects.bulk_create(people.values())
    Membership.objects.bulk_create(
        Membership(person=people[name], agency=agency_by_code(code), role=role, starts_on=since)
        for name, (role, code) in POSTS.items()
    )
    return Cast(people)


@pytest.fixture
def day() -> datetime:
    """Monday 9 November 2026, 09.00 WIB."""
    return DAY


@pytest.fixture
def submit(db: None) -> Callable[..., Any]:
    """Hand a case in; keyword arguments are those of Submission, agency and about by code."""
    from tanggap.accounts.actor import PUBLIC
    from tanggap.cases.addressing import About
    from tanggap.cases.services.submit_case import Submission, submit_case
    from tanggap.directory.selectors import agency_by_code

    def hand_in(now: datetime = DAY, **given: Any) -> Any:
        given.setdefault("text", "Lampu jalan di Jalan Randu padam sejak tiga malam, warga takut lewat.")
        given.setdefault("channel", "web")
        given["agency"] = agency_by_code(given.pop("agency", "35.27"))
        if "about" in given:
            given["about"] = About(agencies=[agency_by_code(code) for code in given["about"]])
        return submit_case(submission=Submission(**given), actor=given.pop("actor", PUBLIC), now=now)

    return hand_in


@pytest.fixture
def case_in(submit: Callable[..., Any], cast: Cast) -> Callable[..., Any]:
    """A case brought to a state by the services alone: `case_in("answered", agency="35.27/dpupr")`."""
    from tests.paths import bring

    def made(state: str, **given: Any) -> Any:
        return bring(state, submit, cast, **given)

    return made
