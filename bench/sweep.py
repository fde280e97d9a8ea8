"""One sweep with a thousand due cases among ten thousand open ones, and among a hundred thousand.

What a sweep costs must follow what is due, not what is open: under two seconds, and a ratio of 1.5 at most.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import psutil
import psycopg
from psycopg import sql

from bench import seed
from bench.stage import Progress, Stage, stage

SMALL = 10_000
LARGE = 100_000
DUE = 1_000
WARMING = 20
ROUNDS = 5
GOALS = {"seconds": 2.0, "ratio": 1.5}

WIB = timezone(timedelta(hours=7))
FORWARDED = datetime(2026, 5, 18, 9, tzinfo=WIB)  # a Monday
NOW = datetime(2026, 5, 19, 9, tzinfo=WIB)  # the first reminder is due since eight
QUARTER = timedelta(minutes=15)
LATER = datetime(2026, 5, 20, 9, tzinfo=WIB)

Figures = dict[str, float]

START = "import django; django.setup(); from bench.sweep import main; main()"


def run(*, progress: Progress, rows: int = LARGE) -> dict[str, Any]:
    """The figures as one JSON object; what they mean stands in docs/how-to/measure.md."""
    small = min(SMALL, rows)
    with stage(progress) as place:
        taken: dict[int, list[Figures]] = {}
        filled = 0
        with place.connect() as connection:
            _officers(connection)
            for size in sorted({small, rows}):
                progress(f"Filling up to {size:,} open cases …")
                _fill(connection, filled + 1, size)
                filled = size
                # The first round only warms up.
                taken[size] = [_round(place, connection, number) for number in range(ROUNDS + 1)][1:]
        return _summary(taken, small, rows)


def _round(place: Stage, connection: psycopg.Connection, number: int) -> Figures:
    """One sweep over cases that no round before touched."""
    for moment, number_due in ((NOW - 3 * QUARTER, WARMING), (NOW - QUARTER, DUE)):
        connection.execute(
            "UPDATE escalation_watch SET next_check_at = %s, event_id = 1 WHERE case_id IN ("
            "  SELECT case_id FROM escalation_watch WHERE event_id = 0 ORDER BY hashint8(case_id) LIMIT %s)",
            [moment, number_due],
        )
    connection.execute("VACUUM (ANALYZE) escalation_watch")
    command = [sys.executable, "-P", "-c", START]
    done = subprocess.run(command, env=place.environment, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        raise SystemExit(f"bench: {done.stderr[-2000:]}")
    told: Figures = json.loads(done.stdout)
    if told["steps"] != DUE:
        raise SystemExit(f"bench: {told['steps']} steps instead of {DUE:,}")
    place.progress(f"    round {number}: {told['seconds']:.2f} s, used {told['ours']:.2f} + {told['database']:.2f} s")
    return told


def main() -> None:
    """In a process of its own, like the worker: one sweep, timed."""
    from django.db import connection  # noqa: PLC0415 - after django.setup

    from tanggap.escalation.services.sweep import sweep  # noqa: PLC0415

    # The worker lives long: connecting and the first reading of reference data and words belong to no sweep.
    sweep(now=(NOW - 2 * QUARTER).astimezone(UTC))
    now = NOW.astimezone(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0])
    started, used, served = time.perf_counter(), time.process_time(), _used(backend)
    swept = sweep(now=now)
    told = {
        "seconds": time.perf_counter() - started,
        "ours": time.process_time() - used,
        "database": _used(backend) - served,
        "steps": swept.steps,
    }
    sys.stdout.write(json.dumps(told))


def _used(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _officers(connection: psycopg.Connection) -> None:
    """A liaison officer for every unit that gets cases."""
    seed._make_slots(connection)
    _insert(
        connection,
        "accounts_person",
        {
            "email": "'petugas' || unit || '@contoh.id'",
            "name": "'Petugas ' || unit",
            "password": "'!'",
            "is_active": "true",
            "joined_at": "now()",
        },
        "(SELECT DISTINCT unit FROM bench_slot) AS source",
    )
    _insert(
        connection,
        "accounts_membership",
        {"person_id": "p.id", "agency_id": "s.unit", "role": "'liaison_officer'", "starts_on": "'2020-01-01'"},
        "(SELECT DISTINCT unit FROM bench_slot) s "
        "JOIN accounts_person p ON p.email = 'petugas' || unit || '@contoh.id'",
    )


FORWARDED_SQL = f"'{FORWARDED.isoformat()}'::timestamptz"
CASE_COLUMNS = {
    "id": "g",
    "tracking_id": "'S' || lpad(g::text, 10, '0')",
    "state": "'forwarded'",
    "classification": "'complaint'",
    "channel": "'web'",
    "language": "'id'",
    "title": "'Laporan contoh nomor ' || g || ' tentang jalan dan lampu'",
    "agency_id": "unit",
    "body_id": "body",
    "received_at": FORWARDED_SQL,
    "verified_at": FORWARDED_SQL,
    "forwarded_at": FORWARDED_SQL,
    "answer_due_at": f"{FORWARDED_SQL} + interval '7 days'",
    "resolution_due_at": f"{FORWARDED_SQL} + interval '25 days'",
    "due_at": f"{FORWARDED_SQL} + interval '7 days'",
    "published": "true",
}
LEG_COLUMNS = {
    "id": "id",
    "case_id": "id",
    "agency_id": "agency_id",
    "held_from": FORWARDED_SQL,
    "moved_by": "'verify'",
}
STEP_COLUMNS = {
    "case_id": "c.id",
    "clock": "'first_answer'",
    "run": "'leg:' || c.id",
    "step_id": "s.id",
    "number": "1",
    "kind": "'message'",
    "state": "'taken'",
    "due_at": FORWARDED_SQL,
    "decided_at": FORWARDED_SQL,
    "template": "s.template",
    "asked_role": "s.role",
    "role": "s.role",
    "copies": "'[]'",
    "agency_id": "c.agency_id",
}
FIRST_STEPS = """cases_case c
    JOIN directory_agency a ON a.id = c.agency_id
    JOIN escalation_ladderstep s ON s.number = 1
    JOIN escalation_ladder l ON l.id = s.ladder_id AND l.clock = 'first_answer' AND (
        l.agency_id = a.body_id
        OR l.agency_id IS NULL AND NOT EXISTS (SELECT 1 FROM escalation_ladder o WHERE o.agency_id = a.body_id)
    )"""
"""The first step of each case's own ladder: the body's where it has one."""


def _fill(connection: psycopg.Connection, first: int, last: int) -> None:
    """Open cases forwarded on the same morning, each with its leg, its first message taken, and a watch for later."""
    new = f"BETWEEN {int(first)} AND {int(last)}"
    numbers = f"generate_series({int(first)}::bigint, {int(last)}::bigint) AS g"
    watch = {"case_id": "id", "next_check_at": f"'{LATER.isoformat()}'", "asleep": "false", "event_id": "0"}
    _insert(connection, "cases_case", CASE_COLUMNS, f"{numbers} JOIN bench_slot ON n = (hashint8(g) & 65535)")
    _insert(connection, "cases_leg", LEG_COLUMNS, f"cases_case WHERE id {new}")
    _insert(connection, "escalation_takenstep", STEP_COLUMNS, f"{FIRST_STEPS} WHERE c.id {new}")
    _insert(connection, "escalation_watch", watch, f"cases_case WHERE id {new}")
    for table in ("cases_case", "cases_leg", "escalation_takenstep", "escalation_watch"):
        connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))


def _insert(connection: psycopg.Connection, table: str, given: dict[str, str], source: str) -> None:
    """Rows from a query; columns that must have something and are not given get nothing of their kind."""
    required = connection.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
        "AND NOT attisdropped AND attnotnull AND attidentity = '' AND NOT atthasdef",
        [table],
    ).fetchall()
    columns = {name: seed._nothing(kind) for name, kind in required if name not in given} | given
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ").join(map(sql.SQL, columns.values())),
            sql.SQL(source),
        )
    )


def _summary(taken: dict[int, list[Figures]], small: int, large: int) -> dict[str, Any]:
    sizes = {
        str(size): {
            "seconds": round(_median(rounds, "seconds"), 3),
            "processor_seconds": round(_median(rounds, "ours", "database"), 3),
            "rounds": [round(one["seconds"], 3) for one in rounds],
        }
        for size, rounds in taken.items()
    }
    ratio = _median(taken[large], "seconds") / _median(taken[small], "seconds")
    used = _median(taken[large], "ours", "database") / _median(taken[small], "ours", "database")
    return {
        "bench": "sweep",
        "due": DUE,
        "open": sizes,
        "ratio": round(ratio, 2),
        "ratio_of_processor_seconds": round(used, 2),
        "goal": GOALS,
        "reached": _median(taken[large], "seconds") < GOALS["seconds"] and ratio <= GOALS["ratio"],
    }


def _median(rounds: list[Figures], *names: str) -> float:
    return statistics.median(sum(one[name] for name in names) for one in rounds)
