"""The floor of intake: pgbench writing the same rows into the same tables, one transaction a case.

Its statements are prepared and every value travels as a parameter, as it must for any client; no client in any
language can do much better.
"""

from __future__ import annotations

import re
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bench.stage import Stage

TABLES = {"cases_case": "id", "cases_narrative": "case_id", "cases_reporter": "case_id", "ledger_event": "stream"}
FRESH = {
    ("cases_case", "tracking_id"): "substr(md5(random()::text), 1, 11)",
    ("cases_narrative", "case_id"): ":case_id",
    ("cases_reporter", "case_id"): ":case_id",
    ("ledger_event", "stream"): "'case:' || :case_id::bigint",
    ("ledger_event", "recorded_at"): "statement_timestamp()",
    ("channels_inbound", "external_id"): "md5(random()::text)",
}
"""What differs from case to case; the rest is as the product wrote it."""


@dataclass(frozen=True)
class Script:
    """A pgbench transaction, the values it sends, and how often it is taken."""

    path: Path
    values: dict[str, str]
    weight: int


@dataclass(frozen=True)
class Floor:
    """Transactions a second, mean latency, and processor time of pgbench and the database a transaction, in ms."""

    per_second: float
    mean_ms: float
    cpu_ms: float


def write_scripts(stage: Stage, folder: Path) -> list[Script]:
    """A transaction each for a case with and without a reporter, copied from what the product wrote, as 1 : 2."""
    with stage.connect() as connection:
        return [
            _script(connection, folder, name, has_reporter, weight)
            for name, has_reporter, weight in (("reporter", True, 1), ("plain", False, 2))
        ]


def _script(connection: psycopg.Connection, folder: Path, name: str, has_reporter: bool, weight: int) -> Script:
    number = connection.execute(
        "SELECT max(id) FROM cases_case c WHERE EXISTS (SELECT FROM cases_reporter r WHERE r.case_id = c.id) = %s",
        [has_reporter],
    ).fetchone()
    if number is None or number[0] is None:
        raise SystemExit("bench: no case came in through HTTP; see the web server's log.")
    values: dict[str, str] = {}
    lines = ["BEGIN;"]
    for table, key in TABLES.items():
        value = f"case:{number[0]}" if key == "stream" else number[0]
        row = row_of(connection, table, key, value)
        if row:
            lines.append(insert_of(name, table, row, values))
    lines.append("INSERT INTO ledger_movement (stream) VALUES ('case:' || :case_id::bigint);")
    # The function and the parameters by which the product defers its job.
    lines += [
        "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'react', 0, NULL, NULL, "
        "jsonb_build_object('event_id', :event_id::bigint), NULL)::procrastinate_job_to_defer_v1]);",
        "COMMIT;",
    ]
    path = folder / f"floor-{name}.sql"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Script(path, values, weight)


def row_of(connection: psycopg.Connection, table: str, key: str, value: Any) -> dict[str, str | None]:
    """The columns of one row as PostgreSQL writes them in text."""
    columns = [
        name
        for (name,) in connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [table],
        )
        if name != "id"
    ]
    listed = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in columns)
    query = sql.SQL("SELECT {} FROM {} WHERE {} = %s").format(listed, sql.Identifier(table), sql.Identifier(key))
    row = connection.execute(query, [value]).fetchone()
    return dict(zip(columns, row, strict=True)) if row else {}


def insert_of(script: str, table: str, row: dict[str, str | None], values: dict[str, str]) -> str:
    """The INSERT of such a row; the values it sends are added to `values`."""
    places = []
    for name, value in row.items():
        fresh = FRESH.get((table, name))
        if fresh is not None:
            places.append(fresh)
        elif not value:
            places.append("NULL" if value is None else "''")
        else:
            variable = f"{script}_{table}_{name}"
            values[variable] = value
            places.append(f":{variable}")
    returned = {"cases_case": "case_id", "ledger_event": "event_id"}.get(table)
    end = f" RETURNING id AS {returned} \\gset" if returned else ";"
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(places)}){end}"


def measure(stage: Stage, scripts: list[Script], *, seconds: int, clients: int, protocol: str = "prepared") -> Floor:
    """Run pgbench with as many clients as the load generator has connections.

    `protocol`: `prepared`, or `extended`, in which every statement is parsed and planned each time.
    """
    command = [stage.program("pgbench"), "-n", "-M", protocol, "-c", str(clients), "-j", "2", "-T", str(seconds)]
    for script in scripts:
        command += ["-f", f"{script.path}@{script.weight}"]
        for name, value in script.values.items():
            command += ["-D", f"{name}={value}"]
    before = stage.database_seconds() + _children_seconds()
    done = subprocess.run(
        [*command, stage.url],
        capture_output=True,
        text=True,
        timeout=seconds + 120,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
    )
    if done.returncode:
        raise SystemExit(f"bench: pgbench failed:\n{done.stderr[-2000:]}")
    spent = stage.database_seconds() + _children_seconds() - before
    return Floor(
        per_second=_found(r"^tps = ([\d.]+)", done.stdout),
        mean_ms=_found(r"^latency average = ([\d.]+) ms", done.stdout),
        cpu_ms=spent * 1000 / max(1.0, _found(r"^number of transactions actually processed: (\d+)", done.stdout)),
    )


def _children_seconds() -> float:
    """Processor seconds of the programs this process has started and seen end."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _found(pattern: str, text: str) -> float:
    match = re.search(pattern, text, re.MULTILINE)
    if match is None:
        raise SystemExit(f"bench: pgbench said something else than usual:\n{text[-2000:]}")
    return float(match.group(1))
