"""The counter of new cases: cheap, forgetful, and never in the way."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection

from tanggap.cases.models import Case, IntakeCount, IntakeLimit
from tanggap.cases.services import count_intake as counting
from tanggap.cases.services.count_intake import count_intake
from tanggap.cases.sources import source_digest
from tanggap.common.clock import now
from tanggap.common.errors import TooMany
from tanggap.directory import cache
from tests.cast import DAY
from tests.counting import Statements

BODY = {
    "text": "Lampu jalan padam.",
    "agency_code": "35.27",
    "region_code": "35.27",
    "reporter": {"name": "Siti", "phone": "081234567890"},
}


def post(client, **headers):
    return client.post("/api/v1/cases", json.dumps(BODY), content_type="application/json", headers=headers)


def statements(client, **headers) -> list[str]:
    with Statements(connection) as queries:
        assert post(client, **headers).status_code == 201
    return [query["sql"] for query in queries]


@pytest.mark.django_db
def test_a_submission_takes_five_round_trips(client) -> None:
    """The count, begin, the case with its texts and reporter, the event with its job, commit."""
    post(client)
    taken = [sql for sql in statements(client) if "directory_referencerevision" not in sql]
    assert len(taken) == 5, taken


@pytest.mark.django_db
def test_a_key_costs_two_more(client) -> None:
    post(client, **{"Idempotency-Key": "a"})
    taken = [sql for sql in statements(client, **{"Idempotency-Key": "b"}) if "directory_referencerevision" not in sql]
    assert len(taken) == 7, taken


@pytest.mark.django_db
def test_the_limit_is_a_row_of_the_channel() -> None:
    IntakeLimit.objects.filter(channel="api").update(amount=2, seconds=3600)
    cache.clear()
    for _ in range(2):
        count_intake(channel="api", address="192.0.2.1", now=DAY)
    with pytest.raises(TooMany) as refusal:
        count_intake(channel="api", address="192.0.2.1", now=DAY)
    assert refusal.value.retry_after == 3600
    count_intake(channel="sms", address="192.0.2.1", now=DAY)
    count_intake(channel="api", address="192.0.2.1", now=DAY + timedelta(hours=1))


@pytest.mark.django_db
def test_counts_of_yesterday_are_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    IntakeCount.objects.create(source_digest=b"x" * 16, period_starts_at=DAY - timedelta(days=2), amount=3)
    monkeypatch.setattr(counting._Purging, "at", -counting.SECONDS_BETWEEN_PURGES)
    count_intake(channel="api", address="192.0.2.1", now=DAY)
    assert [row.amount for row in IntakeCount.objects.all()] == [1]


@pytest.mark.django_db
def test_whatever_stands_for_an_address_gives_a_digest() -> None:
    assert len({source_digest(address, DAY) for address in ("", "unix:", "10.0.0.1", "fe80::1%eth0", "x" * 5000)}) == 5


@pytest.mark.django_db(transaction=True)
def test_a_failing_counter_lets_the_case_through(client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_intakecount RENAME TO cases_intakecount_lost")
    try:
        response = post(client)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE cases_intakecount_lost RENAME TO cases_intakecount")
            cursor.execute("DELETE FROM procrastinate_jobs")  # no model of ours: nothing else would clean it up
    assert response.status_code == 201
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_count_waits_for_no_disk() -> None:
    """Its table is unlogged: no write-ahead log, so nothing to flush at its commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'cases_intakecount'")
        assert cursor.fetchone() == ("u",)
    assert re.search(r"INSERT INTO cases_intakecount", counting._COUNT)
    count_intake(channel="api", address="192.0.2.1", now=now())
    assert IntakeCount.objects.get().amount == 1
