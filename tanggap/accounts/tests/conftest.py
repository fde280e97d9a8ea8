"""People who can really sign in: the cast with a password, and the codes of their authenticator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client

from tanggap.accounts.models import Person
from tanggap.accounts.tests.signing_in import PASSWORD, Door
from tests.cast import Cast

HASHED = make_password(PASSWORD)


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    """Attempts are counted in memory for some minutes; another test's are not this one's."""
    cache.clear()


@pytest.fixture
def people(cast: Cast) -> Cast:
    """The cast, each with the same password."""
    for person in cast.people.values():
        person.password = HASHED
    Person.objects.bulk_update(cast.people.values(), ["password"])
    return cast


@pytest.fixture
def door(people: Cast) -> Callable[..., Door]:
    """Somebody's browser: `door("verifier")` has typed the password, and the code where there is one."""

    def browser(name: str | None = None, **given: Any) -> Door:
        found = Door(Client(**given))
        if name is not None:
            found.sign_in(people.person(name).email)
        return found

    return browser
