"""A Monday at one in the afternoon, and who is signed in then: for journeys of the rooms around the cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tanggap.common.clock import frozen
from tests.cast import DAY, Cast
from tests.journeys.console import Officer, sign_in

NOW = DAY + timedelta(hours=4)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with frozen(NOW):
        yield


@pytest.fixture
def admin(cast: Cast) -> Officer:
    return sign_in(cast, "national_admin")


@pytest.fixture
def trainee(cast: Cast) -> Officer:
    officer = sign_in(cast, "officer")
    officer.get("/kerja/")
    assert officer.post("/kerja/latihan/mulai/").status_code == 302
    return officer
