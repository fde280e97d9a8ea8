"""How many messages of WhatsApp a second are acknowledged after commit, beside pgbench writing the same row.

Signed webhooks, one message each, through HTTP against the product's own server; fsync and synchronous_commit are on,
each message is one transaction. Order A/B/A on the same database. The worker does not run: hearing is not keeping.
"""

from __future__ import annotations

import secrets
from typing import Any

from bench import floor as floors
from bench.intake import Through, load, measured
from bench.stage import Progress, Stage, Web, stage

GOAL_PER_SECOND = 300
TABLE = "channels_inbound"


def run(
    *, progress: Progress, seconds: int = 15, connections: int = 16, rounds: int = 1, workers: int = 2
) -> dict[str, Any]:
    """The figures as one JSON object; what they mean stands in docs/how-to/measure.md."""
    with stage(progress) as place:
        secret = secrets.token_hex(16)
        place.tanggap(
            "channel", "add", "whatsapp", "--brand", "nasional", "--secret", secret,
            "--token", "t", "--verify-token", "v", "--phone-number-id", "1055",
        )  # fmt: skip
        with place.web(workers=workers) as web:
            progress("Warming up …")
            load(web, min(5, seconds), connections, secret)
            return _compare(place, web, secret, seconds=seconds, connections=connections, rounds=rounds)


def _compare(place: Stage, web: Web, secret: str, *, seconds: int, connections: int, rounds: int) -> dict[str, Any]:
    script = _script(place)
    through: list[Through] = []
    below: list[floors.Floor] = []
    for turn in range(rounds + 1):
        place.progress(f"Floor {turn + 1} of {rounds + 1}: pgbench, {connections} clients, {seconds} s …")
        below.append(floors.measure(place, [script], seconds=seconds, clients=connections))
        place.progress(f"  {below[-1].per_second:.0f} transactions/s")
        if turn < rounds:
            place.progress(f"Webhooks: {connections} connections, {seconds} s …")
            before = _kept(place)
            through.append(measured(place, web, seconds, connections, secret, good="200"))
            place.progress(f"  {through[-1].per_second:.0f} messages/s, p95 {through[-1].p95_ms:.0f} ms")
            _check_kept(_kept(place) - before, through[-1])
    return _figures(through, below, connections)


def _script(place: Stage) -> floors.Script:
    """The transaction of the floor: the row of a message that the product wrote, under a new id each time."""
    with place.connect() as connection:
        number = connection.execute(f"SELECT max(id) FROM {TABLE}").fetchone()
        if number is None or number[0] is None:
            raise SystemExit("bench: no message came in through HTTP; see the web server's log.")
        values: dict[str, str] = {}
        insert = floors.insert_of("inbound", TABLE, floors.row_of(connection, TABLE, "id", number[0]), values)
    path = place.instance.data / "floor-inbound.sql"
    path.write_text(insert + "\n", encoding="utf-8")
    return floors.Script(path, values, 1)


def _kept(place: Stage) -> int:
    with place.connect() as connection:
        row = connection.execute(f"SELECT count(*) FROM {TABLE} WHERE external_id LIKE 'wamid.%'").fetchone()
        return int(row[0]) if row else 0


def _check_kept(kept: int, run: Through) -> None:
    """A figure for messages that were acknowledged and are not there would be a lie."""
    if kept < run.good:
        raise SystemExit(f"bench: {run.good} messages were acknowledged and only {kept} kept.")


def _figures(through: list[Through], below: list[floors.Floor], connections: int) -> dict[str, Any]:
    per_second = sum(run.per_second for run in through) / len(through)
    floor = sum(run.per_second for run in below) / len(below)
    web_cpu = sum(run.web_cpu_ms for run in through) / len(through)
    database_cpu = sum(run.database_cpu_ms for run in through) / len(through)
    floor_cpu = sum(run.cpu_ms for run in below) / len(below)
    return {
        "bench": "inbound",
        "connections": connections,
        "messages_per_second": round(per_second, 1),
        "p50_ms": round(sum(run.p50_ms for run in through) / len(through), 1),
        "p95_ms": round(max(run.p95_ms for run in through), 1),
        "failed": sum(run.failed for run in through),
        "web_cpu_ms_per_message": round(web_cpu, 2),
        "database_cpu_ms_per_message": round(database_cpu, 2),
        "floor_per_second": round(floor, 1),
        "floor_runs": [round(run.per_second, 1) for run in below],
        "floor_mean_ms": round(sum(run.mean_ms for run in below) / len(below), 2),
        "floor_cpu_ms": round(floor_cpu, 2),
        "ratio": round(per_second / floor, 3),
        "ratio_of_cpu": round(floor_cpu / (web_cpu + database_cpu), 3),
        "goal": {"messages_per_second": GOAL_PER_SECOND},
        "reached": per_second >= GOAL_PER_SECOND,
    }
