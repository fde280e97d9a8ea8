"""How many new cases a second come in through HTTP, beside pgbench writing the same rows on the same server.

Both keep every promise: fsync and synchronous_commit are on, each case is one transaction. Order A/B/A, so that a
machine that slows down during the run shows. The worker does not run: what it does later is not intake.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from bench import floor as floors
from bench.stage import Meter, Progress, Stage, Web, percentile, stage

GOAL_RATIO = 0.25
GOAL_PER_SECOND = 250
UNLIMITED = 2_000_000_000


@dataclass(frozen=True)
class Through:
    """One run through HTTP."""

    per_second: float
    p50_ms: float
    p95_ms: float
    web_cpu_ms: float
    database_cpu_ms: float
    failed: int
    good: int


def run(
    *, progress: Progress, seconds: int = 15, connections: int = 16, rounds: int = 1, workers: int = 2
) -> dict[str, Any]:
    """The figures as one JSON object; what they mean stands in docs/how-to/measure.md."""
    with stage(progress) as place:
        _raise_limits(place)
        with place.web(workers=workers) as web:
            progress("Warming up …")
            load(web, min(5, seconds), connections)
            return _compare(place, web, seconds=seconds, connections=connections, rounds=rounds)


def _raise_limits(place: Stage) -> None:
    with place.connect() as connection:
        connection.execute("UPDATE cases_intakelimit SET amount = %s", [UNLIMITED])


def _compare(place: Stage, web: Web, *, seconds: int, connections: int, rounds: int) -> dict[str, Any]:
    scripts = floors.write_scripts(place, place.instance.data)
    through: list[Through] = []
    below: list[floors.Floor] = []
    for turn in range(rounds + 1):
        place.progress(f"Floor {turn + 1} of {rounds + 1}: pgbench, {connections} clients, {seconds} s …")
        below.append(floors.measure(place, scripts, seconds=seconds, clients=connections))
        place.progress(f"  {below[-1].per_second:.0f} transactions/s")
        if turn < rounds:
            place.progress(f"Intake: HTTP, {connections} connections, {seconds} s …")
            through.append(measured(place, web, seconds, connections))
            place.progress(f"  {through[-1].per_second:.0f} cases/s, p95 {through[-1].p95_ms:.0f} ms")
    place.progress("Floor of a client that prepares nothing …")
    plain = floors.measure(place, scripts, seconds=seconds, clients=connections, protocol="extended")
    return _figures(through, below, plain, connections)


def measured(place: Stage, web: Web, seconds: int, connections: int, *more: str, good: str = "201") -> Through:
    """One run of the load generator with what it cost; `good` is the status of what was carried out."""
    web_meter, database_before = Meter(web.processes()), place.database_seconds()
    answer = load(web, seconds, connections, *more)
    web_cpu = web_meter.seconds(web.processes())
    database_cpu = place.database_seconds() - database_before
    made = answer["statuses"].get(good, 0)
    total = sum(answer["statuses"].values())
    return Through(
        per_second=made / answer["seconds"],
        p50_ms=percentile(answer["latencies"], 0.5),
        p95_ms=percentile(answer["latencies"], 0.95),
        web_cpu_ms=web_cpu * 1000 / max(made, 1),
        database_cpu_ms=database_cpu * 1000 / max(made, 1),
        failed=total - made,
        good=made,
    )


def load(web: Web, seconds: float, connections: int, *more: str) -> dict[str, Any]:
    """Let the load generator run; what it prints."""
    command = [sys.executable, "-m", "bench.load", str(web.port), str(seconds), str(connections), *more]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 120, check=False)
    if done.returncode:
        raise SystemExit(f"bench: the load generator failed:\n{done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _figures(
    through: list[Through], below: list[floors.Floor], plain: floors.Floor, connections: int
) -> dict[str, Any]:
    per_second = sum(run.per_second for run in through) / len(through)
    floor = sum(run.per_second for run in below) / len(below)
    worst = max(through, key=lambda run: run.p95_ms)
    ratio = per_second / floor
    web_cpu = sum(run.web_cpu_ms for run in through) / len(through)
    database_cpu = sum(run.database_cpu_ms for run in through) / len(through)
    floor_cpu = sum(run.cpu_ms for run in below) / len(below)
    return {
        "bench": "intake",
        "connections": connections,
        "cases_per_second": round(per_second, 1),
        "p50_ms": round(sum(run.p50_ms for run in through) / len(through), 1),
        "p95_ms": round(worst.p95_ms, 1),
        "failed": sum(run.failed for run in through),
        "web_cpu_ms_per_case": round(web_cpu, 2),
        "database_cpu_ms_per_case": round(database_cpu, 2),
        "floor_per_second": round(floor, 1),
        "floor_runs": [round(run.per_second, 1) for run in below],
        "floor_mean_ms": round(sum(run.mean_ms for run in below) / len(below), 2),
        "floor_cpu_ms": round(floor_cpu, 2),
        "ratio": round(ratio, 3),
        "ratio_of_cpu": round(floor_cpu / (web_cpu + database_cpu), 3),
        "floor_unprepared_per_second": round(plain.per_second, 1),
        "ratio_to_unprepared": round(per_second / plain.per_second, 3),
        "goal": {"ratio": GOAL_RATIO, "cases_per_second": GOAL_PER_SECOND},
        "reached": ratio >= GOAL_RATIO and per_second >= GOAL_PER_SECOND,
    }
