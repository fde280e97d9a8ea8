"""Whatever is sent to the API, it answers as it published, and never with a fault of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tanggap.cases.models import Case, IntakeLimit
from tanggap.config.wsgi import application
from tanggap.directory import cache

pytestmark = pytest.mark.django_db

QUIET = [
    HealthCheck.function_scoped_fixture,
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
]
DOCUMENT = json.loads(Client().get("/api/v1/openapi.json").content)
schema = schemathesis.openapi.from_dict(DOCUMENT)
schema.app = application


@pytest.fixture(autouse=True)
def unlimited(db: None) -> Iterator[None]:
    """No limit on intake; and a request leaves the connection of the test's transaction alone."""
    IntakeLimit.objects.update(amount=1_000_000)
    cache.clear()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=QUIET, database=None)
def test_every_operation_keeps_its_published_word(case: Any) -> None:
    # What fits the schema may still name a region that does not exist.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])


@pytest.mark.long
@schema.parametrize()
@settings(max_examples=400, deadline=None, suppress_health_check=QUIET, database=None)
def test_every_operation_keeps_its_published_word_for_long(case: Any) -> None:
    # What fits the schema may still name a region that does not exist.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])


NAMES = sorted(DOCUMENT["components"]["schemas"]["NewCase"]["properties"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None, suppress_health_check=QUIET, database=None)
@given(body=st.dictionaries(st.sampled_from([*NAMES, "state", "x"]), JSON, max_size=5) | JSON)
def test_any_json_is_taken_in_or_refused_with_a_sentence(client: Client, body: Any) -> None:
    before = Case.objects.count()
    response = client.post("/api/v1/cases", json.dumps(body), content_type="application/json")
    assert response.status_code in (201, 422)
    assert Case.objects.count() - before == (response.status_code == 201)
    if response.status_code == 422:
        assert response.json()["detail"]


@settings(max_examples=100, deadline=None, suppress_health_check=QUIET, database=None)
@given(raw=st.binary(max_size=200), key=st.binary(max_size=300))
def test_any_bytes_are_refused_plainly(client: Client, raw: bytes, key: bytes) -> None:
    response = client.post(
        "/api/v1/cases", raw, content_type="application/json", HTTP_IDEMPOTENCY_KEY=key.decode("latin-1")
    )
    assert response.status_code in (400, 422)


@settings(max_examples=100, deadline=None, suppress_health_check=QUIET, database=None)
@given(number=st.text(min_size=1, max_size=40), code=st.text(st.characters(max_codepoint=255), max_size=40))
def test_any_number_is_found_or_not(client: Client, number: str, code: str) -> None:
    address = "/api/v1/cases/" + quote(number, safe="", errors="replace")
    assert client.get(address, headers={"X-Secret-Code": code}).status_code in (403, 404)


def test_the_description_is_openapi_and_names_every_address(client: Client) -> None:
    response = client.get("/api/v1/openapi.json")
    document = response.json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/api/v1/cases",
        "/api/v1/cases/{number}",
        "/api/v1/agencies",
        "/api/v1/regions",
        "/api/v1/categories",
    }
    required = document["components"]["schemas"]["NewCase"]["required"]
    assert required == ["text"]
    assert document["components"]["schemas"]["NewCase"]["additionalProperties"] is False
