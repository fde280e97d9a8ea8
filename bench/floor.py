"""The floor of intake: pgbench writing the same rows into the same tables, one transaction a case, as C can."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bench.stage import Stage

TABLES = {
    "cases_case": "id",
    "cases_narrative": "case_id",
    "cases_reporter": "case_id",
    "ledger_event": "stream",
}


@dataclass(frozen=True)
class Floor:
    """Transactions a second, and mean latency in milliseconds."""

    per_second: float
    mean_ms: float
    failed: int


def write_scripts(stage: Stage, folder: Path) -> list[tuple[Path, int]]:
    """A transaction each for a case with and without a reporter, from rows the product itself wrote, as 1 : 2."""
    with stage.connect() as connection:
        scripts = []
        for name, condition, weight in (("reporter", "EXISTS", 1), ("plain", "NOT EXISTS", 2)):
            number = connection.execute(
                f"SELECT max(id) FROM cases_case c WHERE {condition} "
                "(SELECT 1 FROM cases_reporter r WHERE r.case_id = c.id)"
            ).fetchone()
            if number is None or number[0] is None:
                raise SystemExit("bench: no case came in through HTTP; see the web server's log.")
            path = folder / f"floor-{name}.sql"
            path.write_text(_transaction(connection, int(number[0])), encoding="utf-8")
            path.chmod(0o644)
            scripts.append((path, weight))
    return scripts


def _transaction(connection: psycopg.Connection, number: int) -> str:
    """The statements that write a copy of case `number`, with a fresh id, tracking id and stream."""
    keys: dict[str, Any] = {"stream": f"case:{number}"}
    lines = ["BEGIN;"]
    for table, key in TABLES.items():
        value = keys.get(key, number)
        cursor = connection.execute(
            sql.SQL("SELECT * FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(key)), [value]
        )
        row = cursor.fetchone()
        if row is None:
            continue
        names = [column.name for column in cursor.description or ()]
        given = dict(zip(names, row, strict=True))
        if table in ("cases_case", "ledger_event"):
            del given["id"]
        lines.append(_insert(connection, table, given))
    job = connection.execute(
        "SELECT queue_name, task_name, priority, lock, queueing_lock, args FROM procrastinate_jobs "
        "WHERE task_name = 'react' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if job is not None:
        shape = ", ".join(_literal(connection, value) for value in job)
        lines.append(f"SELECT procrastinate_defer_jobs_v1(ARRAY[ROW({shape}, NULL)::procrastinate_job_to_defer_v1]);")
    lines.append("COMMIT;")
    return "\n".join(lines) + "\n"


def _insert(connection: psycopg.Connection, table: str, given: dict[str, Any]) -> str:
    values = []
    for name, value in given.items():
        if table == "cases_case" and name == "tracking_id":
            values.append("substr(md5(random()::text), 1, 11)")
        elif name == "case_id":
            values.append(":case_id")
        elif name == "stream":
            values.append("'case:' || :case_id")
        elif name == "recorded_at":
            values.append("statement_timestamp()")
        else:
            values.append(_literal(connection, value))
    returning = " RETURNING id AS case_id \\gset" if table == "cases_case" else ";"
    return f"INSERT INTO {table} ({', '.join(given)}) VALUES ({', '.join(values)}){returning}"


def _literal(connection: psycopg.Connection, value: Any) -> str:
    """The value in SQL, its colons escaped: pgbench would take `:58` in a text for a variable of its own."""
    if isinstance(value, dict | list):
        value = psycopg.types.json.Jsonb(value)
    text = sql.Literal(value).as_string(connection)
    if not text.startswith(("'", " E'")):
        return text
    start, end = text.index("'") + 1, text.rindex("'")
    inside = text[start:end] if text.startswith(" E") else text[start:end].replace("\\", "\\\\")
    return "E'" + inside.replace(":", "\\x3a") + "'" + text[end + 1 :]


def measure(stage: Stage, scripts: list[tuple[Path, int]], *, seconds: int, clients: int) -> Floor:
    """Run pgbench with as many clients as the load generator has connections."""
    command = [stage.program("pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds)]
    for path, weight in scripts:
        command += ["-f", f"{path}@{weight}"]
    done = subprocess.run(
        [*command, stage.url], capture_output=True, text=True, timeout=seconds + 120, check=False, env=_bare()
    )
    if done.returncode:
        raise SystemExit(f"bench: pgbench failed:\n{done.stderr[-2000:]}")
    return Floor(
        per_second=float(_found(r"^tps = ([\d.]+)", done.stdout)),
        mean_ms=float(_found(r"^latency average = ([\d.]+) ms", done.stdout)),
        failed=int(_found(r"^number of failed transactions: (\d+)", done.stdout, "0")),
    )


def _bare() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


def _found(pattern: str, text: str, default: str = "") -> str:
    match = re.search(pattern, text, re.MULTILINE)
    if match is None and not default:
        raise SystemExit(f"bench: pgbench said something else than usual:\n{text[-2000:]}")
    return match.group(1) if match else default
