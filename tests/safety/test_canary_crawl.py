"""Every route is read as every person: a canary string appears only where the policy table says so."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from datetime import timedelta

import duckdb
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client

from tanggap.cases.models import Case
from tanggap.common.clock import frozen
from tanggap.evaluation.models import OpenDataFile
from tanggap.evaluation.opendata.gathering import open_id
from tanggap.evaluation.opendata.keeping import rows_of
from tanggap.evaluation.services.fold_everything import fold_everything
from tanggap.files.models import StoredFile
from tanggap.files.selectors import open_file
from tanggap.ledger.models import Event
from tests.cast import DAY
from tests.safety.matrix import Opened, render, rewrite, stored, stored_path
from tests.safety.policy import PEOPLE, level, may_read, never_in_clear_in_the_database
from tests.safety.routes import Route, addresses, all_routes
from tests.safety.visitor import canaries_in, read, visitor
from tests.safety.world import KINDS, World, build

pytestmark = pytest.mark.django_db
AFTER = DAY + timedelta(hours=6)
# One of each confidentiality and reach: an empty form fares alike on the others.
POSTED = {"fresh", "open", "secret", "accused", "pressed", "elsewhere"}
UNREADY = {"readyz"}  # says 503 here, because no worker runs beside the tests
SIGNED_OUT = {"mfa_authenticate", "account_logout"}
PLAIN = ("", "?lang=en")
LISTS = {
    "inbox",
    "browse",
    "feed",
    "track",
    "agencies",
    "listed",
    "regions",
    "people",
    "units",
    "brief",
    "brief-cases",
    "brief-csv",
    "brief-pdf",
    "reveals",
    "home",
    "dead-letters",
    "late",
    "alarms",
    "messages",
}
# What an address can carry: every list is asked for the canaries themselves, and for what no form would send.
QUERIES = (
    *PLAIN,
    "?q=zq",
    "?q=Lampu",
    "?state=closed&page=x&cursor=%00",
    "?format=csv",
    "?queue=ended",
    "?periode=bulan&tanggal=2026-11-09&baris=masuk",
)

WRITING = bool(os.environ.get("TANGGAP_WRITE_MATRIX"))


@dataclass(frozen=True)
class Part:
    """A share of the crawl: the officers' many deeds by kinds of cases, and the whole site besides.

    Each is read by everybody, one after the other in one process: what an answer to one of them left in memory must
    not show in the answer to the next.
    """

    name: str
    deeds: bool
    kinds: tuple[str, ...]

    def routes(self) -> list[Route]:
        return [route for route in all_routes() if (route.name == "console:deed") == self.deeds]

    def covers(self, entry: tuple[str, str, str]) -> bool:
        route, _person, kind = entry
        return (route == "console:deed") == self.deeds and kind in self.kinds


PARTS = (
    Part("site", deeds=False, kinds=KINDS),
    *(Part(f"deeds-{number}", deeds=True, kinds=KINDS[number::4]) for number in range(4)),
)


@pytest.fixture
def world(submit, cast) -> World:
    return build(submit, cast)


@pytest.mark.timeout(1800)
@pytest.mark.unmeasured
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_no_route_shows_a_field_that_the_policy_withholds_and_the_matrix_in_docs_is_what_was_found(
    part, cast, world, caplog
) -> None:
    caplog.set_level(logging.DEBUG)
    opened: Opened = set()
    wrong: list[str] = []
    with frozen(AFTER):
        fold_everything(now=AFTER)
        for person in PEOPLE:
            client = visitor(person, cast, world)
            for route in part.routes():
                if route.name not in SIGNED_OUT:
                    wrong += _read_route(client, route, person, world, part, opened)
    assert not wrong, wrong[:40]
    logged = "\n".join(record.getMessage() for record in caplog.records)
    assert not [f"{m.kind}.{name}" for m, name in canaries_in(logged, world)]
    if WRITING:
        rewrite(lambda page: {entry for entry in page if not part.covers(entry)} | opened, all_routes())
    assert {entry for entry in stored() if part.covers(entry)} == opened


def test_the_matrix_in_docs_says_nothing_but_what_the_crawl_and_the_tables_say() -> None:
    if WRITING:
        rewrite(set, all_routes())
    assert stored_path().read_text(encoding="utf-8") == render(stored(), all_routes())


def _read_route(client: Client, route: Route, person: str, world: World, part: Part, opened: Opened) -> list[str]:
    """What is wrong with the answers of one route to one person."""
    wrong: list[str] = []
    for marked, address in addresses(route, world):
        if marked is not None and marked.kind not in part.kinds:
            continue
        for query in _queries(route):
            seen = read(client, address + query)
            if marked is not None and seen.status == 200:
                opened.add((route.name, person, marked.kind))
            if seen.status >= 500 and route.name not in UNREADY:
                wrong.append(f"{seen.status} {address}{query}")
            wrong += _leaks(person, world, seen.body, f"{route.name} {address}{query}")
    return wrong


def _queries(route: Route) -> tuple[str, ...]:
    if route.parameters:
        return ("",)
    return QUERIES if route.name.split(":")[-1] in LISTS else PLAIN


def _leaks(person: str, world: World, body: str, where: str) -> list[str]:
    return [
        f"{person} reads {marked.kind}.{name} on {where}"
        for marked, name in canaries_in(body, world)
        if not may_read(person, marked.kind, name)
    ]


@pytest.mark.unmeasured
@pytest.mark.parametrize("person", PEOPLE)
def test_an_empty_form_sent_by_anybody_breaks_nothing_and_moves_nothing_it_may_not(person, cast, world) -> None:
    unseen = {marked.case.pk for marked in world if level(person, marked.kind) in ("nothing", "public")}
    with frozen(AFTER):
        client = visitor(person, cast, world)
        before = _facts(unseen)
        failures = []
        for route in all_routes():
            if route.name in SIGNED_OUT:
                continue
            for marked, address in addresses(route, world):
                if marked is not None and marked.kind not in POSTED:
                    continue
                with transaction.atomic():
                    seen = read(client, address, "post")
                    if seen.status >= 500 and route.name not in UNREADY:
                        failures.append(f"{seen.status} {address}")
                    failures += _leaks(person, world, seen.body, f"POST {address}")
                    if _facts(unseen) != before:
                        failures.append(f"{person} changed something by POST {address}")
                    transaction.set_rollback(True)
    assert not failures, failures[:20]


def _facts(cases: set[int]) -> tuple[object, ...]:
    """What must stay as it is, me-toos of public cases aside."""
    rows = list(
        Case.objects.filter(pk__in=cases).order_by("pk").values_list("pk", "state", "agency_id", "title", "rating")
    )
    streams = [f"case:{pk}" for pk in cases]
    return rows, Event.objects.filter(stream__in=streams).exclude(name="case.endorsed").count()


def test_every_kind_of_case_is_seen_by_somebody_so_that_the_crawl_can_find_a_leak(cast, world) -> None:
    with frozen(AFTER):
        client = visitor("reporter", cast, world)
        for marked in world:
            body = read(client, f"/l/{marked.number}").body
            assert (marked, "text") in list(canaries_in(body, world)), marked.kind


def test_the_database_holds_no_identity_in_clear(world) -> None:
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "accounts_person":
                continue
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            for (row,) in cursor.fetchall():
                found |= {f"{m.kind}.{name}@{table}" for m, name in canaries_in(row, world)}
    wrong = [entry for entry in found if never_in_clear_in_the_database(*_field_kind(entry))]
    assert not wrong, sorted(wrong)


def _field_kind(entry: str) -> tuple[str, str]:
    kind, name = entry.split("@", maxsplit=1)[0].split(".", 1)
    return name, kind


def test_files_on_disk_carry_no_metadata_of_their_sender(world) -> None:
    stored = list(StoredFile.objects.all())
    assert len(stored) == len(KINDS)
    for file in stored:
        with open_file(file) as content:
            assert b"zq" not in content.read().lower(), file.owner


def test_what_is_given_away_or_taken_out_for_machines_holds_no_marked_word(world, tmp_path) -> None:
    """Open data on disk, and Parquet as another program reads it; open data lists nobody who sought shelter."""
    files = {file.name: "".join(map(str, rows_of(file.sha256))) for file in OpenDataFile.objects.all()}
    assert len(files) == 4
    call_command("export", "--out", str(tmp_path / "out"))
    with duckdb.connect() as duck:
        for table in ("cases", "events"):
            query = "SELECT * FROM read_parquet(?, hive_partitioning = true)"
            rows = duck.sql(query, params=[str(tmp_path / "out" / table / "*/*/*.parquet")]).fetchall()
            assert rows
            files[table] = str(rows)
    assert not [(name, m.kind, field) for name, text in files.items() for m, field in canaries_in(text, world)]
    assert not [name for name, text in files.items() if "zq" in text.lower()]
    cases = "".join(text for name, text in files.items() if name.startswith("cases-"))
    listed = {marked.kind for marked in world if open_id(marked.case.tracking_id) in cases}
    sheltered = Case.objects.filter(Q(anonymous=True) | Q(guarded=True) | Q(pressed=True) | Q(published=False))
    assert "open" in listed
    assert not listed & {marked.kind for marked in world if sheltered.filter(pk=marked.case.pk).exists()}


def test_commands_print_nothing_of_a_reporter(world, capsys) -> None:
    call_command("report_card", "--agency=35.27", "--from=2026-01-01", "--to=2026-12-31", "--format=json")
    printed = capsys.readouterr().out
    assert json.loads(printed)["total"] > 0
    assert not list(canaries_in(printed, world))


def test_every_model_of_ours_is_known_to_the_crawl() -> None:
    """A table that nobody looked at cannot be proved clean."""
    assert len(KINDS) == len(set(KINDS))
    assert all(model._meta.db_table for model in apps.get_models())
