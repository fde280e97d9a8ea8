"""Looking for a region by what people type, beside the least a look-up can cost: one row by its key.

Every query of regions.csv is asked several times, from Python, over one connection to a database with the whole
country; its best time counts, so that a neighbour on the machine does not. The floor reads one region by its code on
the same connection.
"""

from __future__ import annotations

import csv
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.stage import Progress, stage

QUERIES = Path(__file__).with_name("regions.csv")
HELD = Path(__file__).with_name("regions_held.csv")
"""Written before the search ran on them, on 28 November 2026."""
HELD_AT_FIRST = {"queries": 209, "hit_at_1": 0.876, "hit_at_5": 0.909}
"""What these gave when they were first asked, before anything was mended: what to expect of new queries."""
TIMES = 5
LIMIT = 5
GOALS = {"p95_ms": 50, "hit_at_1": 0.9, "hit_at_5": 0.95}
START = "import django; django.setup(); from bench.regions import main; main()"


def run(*, progress: Progress, rows: int = TIMES) -> dict[str, Any]:
    """The figures as one JSON object; what they mean stands in docs/how-to/measure.md. `rows`: rounds."""
    with stage(progress) as place:
        progress("Asking …")
        command = [sys.executable, "-P", "-c", START, str(rows)]
        done = subprocess.run(command, env=place.environment, capture_output=True, text=True, timeout=900, check=False)
        if done.returncode:
            raise SystemExit(f"bench: {done.stderr[-2000:]}")
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    reached = told["p95_ms"] <= GOALS["p95_ms"] and all(told[name] >= GOALS[name] for name in ("hit_at_1", "hit_at_5"))
    return {"bench": "regions", **told, "goal": GOALS, "reached": reached}


def queries(path: Path = QUERIES) -> list[tuple[str, str]]:
    """What is typed, and the code of the region that is meant."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [(row["query"], row["code"]) for row in csv.DictReader(lines)]


def main() -> None:
    """In a process of its own, like the web server."""
    rounds = int(sys.argv[1])
    held = {**_asked(queries(HELD), rounds), "at_first": HELD_AT_FIRST}
    print(json.dumps({**_asked(queries(), rounds), "held": held}, ensure_ascii=False))


def _asked(asked: list[tuple[str, str]], rounds: int) -> dict[str, Any]:
    """The figures of these queries."""
    from tanggap.directory.models import Region  # noqa: PLC0415 - after django.setup
    from tanggap.directory.selectors import search_regions  # noqa: PLC0415

    search: list[float] = []
    floor: list[float] = []
    places: list[int] = []
    missed: list[str] = []
    for query, code in asked:
        found = [row.code for row in search_regions(query, LIMIT)]
        places.append(found.index(code) if code in found else LIMIT)
        if places[-1]:
            missed.append(f"{query} → {', '.join(found) or '–'} instead of {code}")
        search.append(_best(rounds, lambda query=query: search_regions(query, LIMIT)))
        floor.append(_best(rounds, lambda code=code: list(Region.objects.filter(code=code))))
    return {
        "regions": Region.objects.count(),
        "queries": len(asked),
        "hit_at_1": round(sum(place == 0 for place in places) / len(places), 3),
        "hit_at_5": round(sum(place < LIMIT for place in places) / len(places), 3),
        **_quantiles("", search),
        **_quantiles("floor_", floor),
        "ratio_p95": round(_quantile(search, 95) / _quantile(floor, 95), 1),
        "not_first": missed,
    }


def _best(rounds: int, ask: Any) -> float:
    """Milliseconds of the quickest of several rounds."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1000)
    return min(times)


def _quantile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _quantiles(prefix: str, values: list[float]) -> dict[str, float]:
    named = {"p50": _quantile(values, 50), "p95": _quantile(values, 95), "max": max(values)}
    return {f"{prefix}{name}_ms": round(value, 2) for name, value in named.items()}
