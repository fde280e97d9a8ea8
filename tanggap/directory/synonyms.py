"""Other names of the ordinary units of regional governments, the same everywhere. Pure."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from tanggap.directory.naming import normalize

DATA = Path(__file__).parent / "data"


@cache
def unit_synonyms() -> dict[str, frozenset[str]]:
    """Normalised name → slugs of the units it may mean."""
    slugs: dict[str, set[str]] = {}
    with (DATA / "unit_synonyms.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            slugs.setdefault(normalize(row["name"]), set()).add(row["slug"])
    return {name: frozenset(values) for name, values in slugs.items()}
