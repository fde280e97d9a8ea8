"""Health, readiness, metrics, maintenance and logs: what the operator sees, and what nobody may."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client

from tanggap.config import logs
from tanggap.config.middleware import ProxyMiddleware


@pytest.fixture
def formatter() -> logging.Formatter:
    """The formatter of the settings, as the logging module makes it."""
    given = dict(logs.configuration()["formatters"]["json"])
    made: logging.Formatter = given.pop("()")(**given)
    return made


@pytest.fixture
def maintenance(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / "maintenance").touch()


def heartbeat(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        statement = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))"
        cursor.execute(statement, [seconds_ago])


def test_health_asks_nothing_of_the_database_and_nothing_of_the_host(client: Client) -> None:
    answer = client.get("/healthz", headers={"host": "siapa-saja.example"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_means_that_database_worker_and_disk_are_in_order(client: Client) -> None:
    heartbeat(5)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "worker": "ok", "disk": "ok"}


@pytest.mark.django_db
@pytest.mark.parametrize("seconds_ago", [61, 3600])
def test_a_silent_worker_is_named_by_readiness(client: Client, seconds_ago: int) -> None:
    heartbeat(seconds_ago)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "worker": "failing", "disk": "ok"}


@pytest.mark.django_db
def test_a_full_disk_is_named_by_readiness(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    heartbeat(5)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1024))
    assert client.get("/readyz").json()["disk"] == "failing"


def test_a_lost_database_is_named_by_readiness_and_is_no_error_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "failing"


@pytest.mark.django_db
def test_metrics_count_requests_by_route_and_never_by_address(client: Client) -> None:
    client.get("/lacak/?nomor=SITI-AMINAH")
    client.get("/l/7K3M-9QXA-T/")
    text = client.get("/metrics").content.decode()
    assert "tanggap_http_requests_total" in text
    assert "SITI-AMINAH" not in text
    assert "7K3M" not in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [{"remote_addr": "203.0.113.9"}, {"http_x_forwarded_for": "203.0.113.9"}, {"http_forwarded": "for=203.0.113.9"}],
)
def test_metrics_do_not_exist_for_others(client: Client, headers: dict[str, str]) -> None:
    answer = client.get("/metrics", **{name.upper(): value for name, value in headers.items()})
    assert answer.status_code == 404


@pytest.mark.django_db
def test_metrics_open_to_whoever_shows_the_token(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "rahasia"
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    shown = {"authorization": "Bearer rahasia"}
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9", headers=shown).status_code == 200


@pytest.mark.usefixtures("maintenance")
def test_during_maintenance_a_sent_form_is_shown_back(client: Client) -> None:
    written = "Jalan di depan puskesmas berlubang sejak bulan lalu."
    answer = client.post("/lapor/", {"text": written})
    assert answer.status_code == 503
    assert written in answer.content.decode()
    assert answer.headers["Retry-After"]
    assert client.get("/healthz").status_code == 200


def line(formatter: logging.Formatter, record: logging.LogRecord) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(formatter.format(record))
    return told


def record(name: str, message: str, *arguments: object, exc_info: Any = None) -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, "x.py", 1, message, arguments, exc_info)


def test_a_librarys_line_keeps_its_template_and_loses_its_values(formatter: logging.Formatter) -> None:
    told = line(formatter, record("django.request", "Not Found: %s", "/cari/?nama=siti"))
    assert told["event"] == "Not Found: %s"


def test_numbers_may_be_filled_in(formatter: logging.Formatter) -> None:
    assert line(formatter, record("granian", "worker %s ended", 3))["event"] == "worker 3 ended"


def test_an_error_tells_where_and_never_what(formatter: logging.Formatter) -> None:
    try:
        raise ValueError("Key (email)=(siti@example.id) already exists")
    except ValueError as error:
        told = formatter.format(record("tanggap.cases", "failed", exc_info=(type(error), error, error.__traceback__)))
    assert "siti" not in told
    assert "builtins.ValueError" in told
    assert "test_operations_pages.py" in told


def test_our_own_fields_are_kept(formatter: logging.Formatter) -> None:
    made = record("tanggap.request", "request")
    made.route = "l/<tracking_id>/"
    assert line(formatter, made)["route"] == "l/<tracking_id>/"


@pytest.mark.parametrize(("hops", "sender"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (3, "127.0.0.1")])
def test_behind_our_proxies_the_sender_is_whom_they_heard(settings, rf, hops, sender) -> None:
    """What a sender writes into the header before our own proxy's entry is not believed."""
    settings.PROXY_HOPS = hops
    seen: list[str] = []
    middleware = ProxyMiddleware(lambda request: seen.append(request.META["REMOTE_ADDR"]) or HttpResponse())
    middleware(rf.get("/", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9", REMOTE_ADDR="127.0.0.1"))
    assert seen == [sender]
