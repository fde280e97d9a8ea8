"""Files of the system before, as the tests make them up."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management import call_command

from tanggap.cases.history.columns import COLUMNS

CLOSED = {
    "tracking_id": "#2007157",
    "received_at": "2024-03-04T09:00:00+07:00",
    "channel": "web",
    "classification": "complaint",
    "category": "PUPR-01",
    "title": "Jalan rusak di depan pasar",
    "text": "Jalan di depan pasar rusak sejak tiga bulan.",
    "region_code": "35.27.03",
    "agency_code": "35.27/dpupr",
    "state": "closed",
    "verified_at": "2024-03-05T10:00:00+07:00",
    "forwarded_at": "2024-03-05T10:00:00+07:00",
    "first_answered_at": "2024-03-07T10:00:00+07:00",
    "answered_at": "2024-03-12T10:00:00+07:00",
    "closed_at": "2024-03-20T10:00:00+07:00",
    "outcome": "confirmed",
    "rating": "4",
}


def write_file(path: Path, lines: Iterable[Mapping[str, Any]], columns: Sequence[str] = COLUMNS) -> Path:
    """A CSV file with these lines; columns that a line does not name stay empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(lines)
    return path


def rejected_lines(path: Path) -> list[dict[str, str]]:
    """What came out as `FILE.rejected.csv`."""
    rejected = path.with_suffix(".rejected.csv")
    if not rejected.exists():
        return []
    with rejected.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(path: Path, capsys: Any, *arguments: str) -> tuple[int, dict[str, Any]]:
    """The command's exit and its result."""
    code = 0
    capsys.readouterr()
    try:
        call_command("import_cases", str(path), *arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, json.loads(capsys.readouterr().out)


Importer = Callable[..., tuple[int, dict[str, Any]]]
