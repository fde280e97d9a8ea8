"""Report card, ranking, one agency's page, rebuild, `--as-of` and folding, with 100,000 cases, a million and five.

What a card costs must follow what it shows, not how many cases there are. Beside it the same figures by a plain
GROUP BY over the same rows in the same run. Cases and events are made by COPY and INSERT … SELECT; above a million
cases there are no events, and entries are made the same way (docs/how-to/measure.md).
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from typing import Any

from bench.decade import make
from bench.stage import Progress, Stage, percentile, stage

SIZES = (100_000, 1_000_000, 5_000_000)
TOLD = 1_000_000
"""Up to here cases have events."""
GOALS = {
    "card_ms": 100,
    "card_ratio": 1.3,
    "page_ms": 50,
    "rebuild_s": 120,
    "as_of_s": 5,
    "deltas_a_second": 2000,
}
REQUESTS = 30
PAGE = "/instansi/35.78/?periode=2024"
START = "import django; django.setup(); from bench.reader import main; main()"


def run(*, progress: Progress, rows: int = SIZES[-1]) -> dict[str, Any]:
    """The figures as one JSON object; what they mean stands in docs/how-to/measure.md."""
    sizes = sorted({*(size for size in SIZES if size < rows), rows})
    found: dict[str, Any] = {}
    with stage(progress) as place:
        made = 0
        for size in sizes:
            progress(f"Making {size:,} cases …")
            found[str(size)] = _measure(place, made, size)
            made = size
            progress(f"  {found[str(size)]}")
    return _summary(found, sizes)


def _measure(place: Stage, made: int, size: int) -> dict[str, Any]:
    told = min(size, TOLD)
    with place.connect() as connection:
        if made < told:
            make(connection, made + 1, told)
        if size > told:
            make(connection, max(made, told) + 1, size, events=False)
    figures: dict[str, Any] = {}
    if made < TOLD:
        figures["rebuild"] = _ask(place, "rebuild")
    if size > told:
        _ask(place, "sum")
    figures["read"] = _ask(place, "read")
    figures["page"] = _page(place)
    if size <= TOLD:
        figures["as_of"] = _ask(place, "as_of")
        figures["fold"] = _ask(place, "fold")
    return figures


def _ask(place: Stage, what: str) -> dict[str, Any]:
    place.progress(f"  {what} …")
    command = [sys.executable, "-P", "-c", START, what]
    done = subprocess.run(command, env=place.environment, stdout=subprocess.PIPE, text=True, timeout=3600, check=False)
    if done.returncode:
        raise SystemExit(f"bench: {what} failed")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _page(place: Stage) -> dict[str, float]:
    """Milliseconds of an agency's public page over HTTP, nothing remembered between two requests but what it keeps."""
    with place.web() as web:
        connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=60)
        taken = []
        for number in range(REQUESTS + 3):
            started = time.perf_counter()
            connection.request("GET", PAGE)
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise SystemExit(f"bench: {PAGE} answers {response.status}\n{web.last_words()}")
            if number >= 3:
                taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    return {"p50_ms": round(percentile(taken, 0.5), 1), "p95_ms": round(percentile(taken, 0.95), 1)}


def _summary(found: dict[str, Any], sizes: list[int]) -> dict[str, Any]:
    small, large = found[str(sizes[0])], found[str(sizes[-1])]
    told = [figures for figures in found.values() if "as_of" in figures][-1]

    def p50(figures: dict[str, Any], name: str) -> float:
        return max(float(figures["read"][name]["p50_ms"]), 0.1)

    reached = {
        "card": all(p50(large, name) <= GOALS["card_ms"] for name in ("national_card", "ranking")),
        "ratio": all(
            p50(large, name) <= GOALS["card_ratio"] * p50(small, name) for name in ("national_card", "ranking")
        ),
        "page": large["page"]["p50_ms"] <= GOALS["page_ms"],
        "rebuild": told["rebuild"]["seconds"] <= GOALS["rebuild_s"],
        "as_of": max(part["seconds"] for part in told["as_of"].values()) <= GOALS["as_of_s"],
        "fold": told["fold"]["a_second"] >= GOALS["deltas_a_second"],
    }
    return {
        "bench": "evaluation",
        "rows": found,
        "ratio_of_sizes": {
            name: round(p50(large, name) / p50(small, name), 2) for name in ("national_card", "ranking", "agency_card")
        },
        "ratio_to_group_by": {
            "national_card": round(p50(large, "national_card") / p50(large, "group_by_national"), 4),
            "agency_card": round(p50(large, "agency_card") / p50(large, "group_by_agency"), 4),
        },
        "goal": GOALS,
        "reached": reached,
    }
