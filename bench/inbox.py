"""An officer's first page and page 50 over HTTP, with a hundred thousand cases and with a million.

What a page costs must follow what it shows, not how many cases there are: the goal is a ratio of 1.3 at most. And what
officers keep as filters may cost three times the plain inbox at most.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import unescape
from typing import Any

from bench import filtered
from bench.browsing import Browser, timed
from bench.seed import fill
from bench.stage import Progress, Stage, Web, stage

SMALL = 100_000
LARGE = 1_000_000
REQUESTS = 60
PAGE = 50
GOALS = {"ratio": 1.3, "p95_ms": 50, "statements": 10, "ratio_of_a_filter": 3.0}
INBOX = "/kerja/?queue=open"
NEXT = re.compile(r'href="([^"]*[?&;]cursor=[^"]*)"[^>]*rel="next"|rel="next"[^>]*href="([^"]*[?&;]cursor=[^"]*)"')

START = "import django; django.setup(); from bench.officers import main; main()"

Figures = dict[str, dict[str, Any]]


def run(*, progress: Progress, rows: int = LARGE, requests: int = REQUESTS) -> dict[str, Any]:
    """The figures as one JSON object; what they mean stands in docs/how-to/measure.md."""
    small = min(SMALL, rows)
    with stage(progress) as place:
        cookies = _ask(place, "make")
        runs: dict[int, Figures] = {}
        filled = 0
        for size in sorted({small, rows}):
            progress(f"Filling up to {size:,} cases …")
            with place.connect() as connection:
                fill(connection, filled + 1, size)
                filtered.give_out(connection)
                asked = filtered.addresses(connection)
            filled = size
            with place.web() as web:
                runs[size] = {
                    name: _officer(place, web, name, cookie, requests, asked) for name, cookie in cookies.items()
                }
        return _summary(runs, small, rows)


def _ask(place: Stage, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-P", "-c", START, *arguments]
    done = subprocess.run(command, env=place.environment, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        raise SystemExit(f"bench: {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _officer(place: Stage, web: Web, name: str, cookie: str, requests: int, asked: dict[str, str]) -> dict[str, Any]:
    deep, number = _walk(Browser(web, cookie))
    figures: dict[str, Any] = {"page": number}
    counted = _ask(place, "count", cookie, INBOX, deep)
    browser = Browser(web, cookie)  # a new connection: the server has closed the first one, which idled
    for key, address in (("first", INBOX), ("deep", deep)):
        figures[key] = {**timed(browser, [address], requests)[0], "statements": counted[address]}
    place.progress(f"  {name}: {figures}")
    figures["filters"] = filtered.measured(browser, asked, requests // 3, place.progress)
    return figures


def _walk(browser: Browser) -> tuple[str, int]:
    """The address of page 50, or of the last one before it, as its links lead there."""
    address, number = INBOX, 1
    while number < PAGE:
        link = NEXT.search(browser.get(address))
        if link is None:
            break
        address, number = _joined(unescape(link[1] or link[2])), number + 1
    return address, number


def _joined(link: str) -> str:
    return link if link.startswith("/") else "/kerja/" + link


def _summary(runs: dict[int, Figures], small: int, large: int) -> dict[str, Any]:
    ratios = {
        f"{name} {page}": round(runs[large][name][page]["p50_ms"] / max(runs[small][name][page]["p50_ms"], 0.1), 2)
        for name in runs[large]
        for page in ("first", "deep")
    }
    worst = max(figures[page]["p95_ms"] for figures in runs[large].values() for page in ("first", "deep"))
    statements = max(figures[page]["statements"] for figures in runs[large].values() for page in ("first", "deep"))
    dearest = max(
        (one["ratio"], f"{name} {asked}")
        for name, figures in runs[large].items()
        for asked, one in figures["filters"].items()
    )
    return {
        "bench": "inbox",
        "rows": {str(size): figures for size, figures in runs.items()},
        "ratio_of_p50": ratios,
        "worst_ratio": max(ratios.values()),
        "worst_p95_ms": worst,
        "most_statements": statements,
        "dearest_filter": dearest,
        "goal": GOALS,
        "reached": max(ratios.values()) <= GOALS["ratio"]
        and worst <= GOALS["p95_ms"]
        and statements <= GOALS["statements"]
        and dearest[0] <= GOALS["ratio_of_a_filter"],
    }
