"""Regions while their name is typed: what the picker's JavaScript asks, and what nobody may make of it."""

from __future__ import annotations

import pytest
from django.test import Client

from tanggap.cases.models import IntakeCount, IntakeLimit
from tanggap.cases.selectors.guard import busiest_sources
from tanggap.common.clock import frozen
from tanggap.directory import cache
from tests.cast import DAY

pytestmark = pytest.mark.django_db


def asked(client: Client, query: str) -> list[dict[str, str]]:
    answer = client.get("/lapor/wilayah/", {"q": query})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    items: list[dict[str, str]] = answer.json()["items"]
    return items


def test_a_place_comes_with_its_code_and_what_lies_above(client: Client) -> None:
    first = asked(client, "kec camplong sampang")[0]
    assert first == {"code": "35.27.04", "name": "Kecamatan Camplong", "above": "Kabupaten Sampang, Jawa Timur"}
    assert asked(client, "sampamg")[0]["code"] == "35.27", "a typing error is forgiven"


@pytest.mark.parametrize("query", ["", "x", "\x00", "'; --", "&|!():*", "a" * 5_000, "🕳", "%", "rt 05", "kec kab kota"])
def test_whatever_is_typed_has_a_short_answer(client: Client, query: str) -> None:
    assert len(asked(client, query)) <= 8


def test_who_asks_too_often_is_told_to_wait_and_the_form_goes_on(client: Client) -> None:
    IntakeLimit.objects.filter(channel="region-search").update(amount=2, seconds=86_400)
    cache.clear()
    with frozen(DAY):
        asked(client, "sampang")
        asked(client, "sampang")
        answer = client.get("/lapor/wilayah/", {"q": "sampang"})
    assert answer.status_code == 429
    assert answer.json() == {"items": []}
    assert int(answer["Retry-After"]) > 0
    assert IntakeCount.objects.get().amount == 3, "one row for an address and its minute, for every process"
    assert busiest_sources(DAY) == [], "searching hands nothing in"
    assert client.get("/lapor/wilayah/", {"q": "sampang"}, REMOTE_ADDR="203.0.113.9").status_code == 200
    assert client.post("/lapor/", {"step": "tempat", "go": "search", "region_q": "sampang"}).status_code == 200


def test_it_only_reads(client: Client) -> None:
    assert client.post("/lapor/wilayah/", {"q": "sampang"}).status_code == 405
