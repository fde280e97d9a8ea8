"""How long things are kept: rows that the national admin adds to, never shorter than the law, never in the past."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tanggap.cases.models import RetentionKind, RetentionRule
from tanggap.cases.retention import kept_for
from tanggap.common.clock import frozen
from tanggap.ledger.models import Event
from tests.cast import DAY, Cast
from tests.journeys.console import sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "/kerja/aturan/masa-simpan/"
NOW = DAY + timedelta(hours=4)
GOOD = {"kind": "identity", "days": "1000", "valid_from": "2027-01-01", "source": "Kepmen 5/2027"}


def state() -> tuple[Any, ...]:
    return list(RetentionRule.objects.order_by("pk").values()), Event.objects.count()


def test_a_later_row_holds_from_its_day_and_the_one_before_it_stays(cast: Cast) -> None:
    with frozen(NOW):
        client = sign_in(cast, "national_admin").client
        assert client.post(ADDRESS, GOOD).status_code == 302
        shown = client.get(ADDRESS).content.decode()
        assert "1.000 hari, mulai Jumat, 1 Januari 2027" in shown
        assert "1.826 hari" in shown
        assert "1,000 days, from" in client.get(ADDRESS, {"lang": "en"}).content.decode()
    assert kept_for(RetentionKind.IDENTITY, now=NOW).days == 1826
    assert kept_for(RetentionKind.IDENTITY, now=NOW + timedelta(days=365)).days == 1000
    told = Event.objects.get(name="retention.changed").data
    assert (told["before"], told["days"], told["valid_from"]) == (1826, 1000, "2027-01-01")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"valid_from": DAY.date().isoformat()}, "Paling cepat berlaku besok"),
        ({"valid_from": "2015-01-01"}, "Paling cepat berlaku besok"),
        ({"valid_from": "besok"}, ""),
        ({"days": "729"}, "Paling sedikit 730 hari (UU 37/2008 pasal 24)"),
        ({"days": "0"}, ""),
        ({"days": "99999999"}, ""),
        ({"days": "²"}, ""),
        ({"kind": "erasure_wait", "days": "31"}, "Paling banyak 30 hari"),
        ({"kind": "ident_least", "days": "1"}, ""),
        ({"kind": "x"}, ""),
        ({"source": "  "}, ""),
        ({"source": "x" * 201}, ""),
    ],
)
def test_a_row_that_may_not_be_changes_nothing_and_says_why(cast: Cast, given: dict[str, str], says: str) -> None:
    with frozen(NOW):
        client = sign_in(cast, "national_admin").client
        before = state()
        answer = client.post(ADDRESS, {**GOOD, **given})
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert state() == before


def test_a_row_before_the_last_one_is_refused(cast: Cast) -> None:
    RetentionRule.objects.create(kind="identity", days=900, valid_from=date(2027, 6, 1), source="x")
    with frozen(NOW):
        client = sign_in(cast, "national_admin").client
        for day in ("2027-01-01", "2027-06-01"):
            assert client.post(ADDRESS, {**GOOD, "valid_from": day}).status_code == 422
        assert client.post(ADDRESS, {**GOOD, "valid_from": "2027-06-02"}).status_code == 302


@pytest.mark.parametrize("who", ["verifier", "officer", "inspector"])
def test_nobody_else_finds_the_page(cast: Cast, who: str) -> None:
    with frozen(NOW):
        client = sign_in(cast, who).client
        before = state()
        assert client.get(ADDRESS).status_code == 404
        assert client.post(ADDRESS, GOOD).status_code == 404
        assert state() == before
