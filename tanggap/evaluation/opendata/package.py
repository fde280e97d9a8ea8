"""The descriptor of a version: a Frictionless Tabular Data Package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tanggap.evaluation.opendata.tables import LICENCE, PROFILE, Table


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a version: its table, name, digest, size in bytes and number of rows."""

    table: Table
    name: str
    sha256: str
    size: int
    rows: int


def descriptor(
    *, number: int, created_at: datetime, through: str, source: str, files: Iterable[Written]
) -> dict[str, Any]:
    """The `datapackage.json` of a version; `through` is its last month, `source` the address of the instance."""
    return {
        "profile": PROFILE,
        "name": "tanggap-laporan",
        "title": "Tanggap: laporan dan tindak lanjut layanan publik",
        "version": f"{number}.0.0",
        "created": created_at.isoformat(timespec="seconds"),
        "temporal": {"end": through},
        "licenses": [LICENCE],
        "sources": [{"title": "Tanggap", "path": source}],
        "resources": [_resource(file) for file in files],
    }


def _resource(file: Written) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": file.name.removesuffix(".csv"),
        "path": file.name,
        "title": str(file.table.title),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "hash": f"sha256:{file.sha256}",
        "bytes": file.size,
        "schema": file.table.as_schema(),
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
    }
