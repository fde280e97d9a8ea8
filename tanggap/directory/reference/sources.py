"""Reading the files in `data/`."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """The lines of one CSV file as dictionaries; `.gz` files are opened as such."""
    path = DATA / name
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)
    else:
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)


def first_day(text: str) -> date | None:
    """The first day of a date that may be known to the month or year only: "2025-09" → 1 September 2025."""
    if not text:
        return None
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(text: str) -> date | None:
    """The last day of such a date: "2025-10" → 31 October 2025."""
    start = first_day(text)
    known = text.count("-")
    if start is None or known == 2:
        return start
    after = date(start.year + 1, 1, 1) if known == 0 else (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return after - timedelta(days=1)
