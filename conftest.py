"""What every test stands on: reference data of a few provinces, loaded once; tests roll back to it.

The cast (`tests/cast.py`) and the embedded server (`tests/embedded_server.py`) are plugins named in pyproject.toml;
this one must be a conftest, because it overrides a fixture of pytest-django.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

LONG = os.environ.get("TANGGAP_LONG") == "1"

# The same examples in every run, so that a change is judged and not its luck; --long looks further. How fast a busy
# machine makes them says nothing.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("house")
if not LONG:
    # It also tries words and numbers found in our own code, in whatever of it happens to be imported by then: another
    # order of the tests would make other examples.
    assert callable(providers._get_local_constants)
    providers._get_local_constants = lambda: providers._local_constants


def pytest_configure() -> None:
    """English pages need compiled catalogues, which are not committed."""
    from tanggap.common.translations import compile_all

    compile_all()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The reference data of five provinces, loaded once; tests roll back to it."""
    from tanggap.cases import reference as case_reference
    from tanggap.directory.reference import Selection, load
    from tanggap.escalation import reference as ladder_reference
    from tanggap.evaluation import reference as scorecard_reference
    from tanggap.surveys import reference as survey_reference
    from tests.flush import keep

    small = Selection(
        provinces=frozenset({"33", "35", "53", "91"}),
        regencies=frozenset({"33.21", "33.74", "35.02", "35.27", "35.78", "53.71", "91.71"}),
    )
    with django_db_blocker.unblock():
        load(lambda _line: None, small)
        case_reference.load(lambda _line: None)
        ladder_reference.load(lambda _line: None)
        scorecard_reference.load(lambda _line: None)
        survey_reference.load(lambda _line: None)
        keep()
