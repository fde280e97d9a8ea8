"""The files of the open data on disk, each under its SHA-256 below the instance's files, whole or not at all."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import file_digest
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO

from tanggap.evaluation.opendata.package import Written
from tanggap.evaluation.opendata.tables import Table, written
from tanggap.files import storage

FOLDER = "opendata"


def folder() -> Path:
    """Where they lie: inside what a backup takes along."""
    return storage.root() / FOLDER


def keep(table: Table, name: str, rows: Iterable[Sequence[Any]]) -> Written:
    """Write rows as CSV, in constant memory, synced and moved to their place."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    counted = 0
    with NamedTemporaryFile("w", dir=place, prefix=".draft-", encoding="utf-8", newline="", delete=False) as draft:
        try:
            writer = csv.writer(draft, lineterminator="\n")
            writer.writerow(table.heads)
            for row in rows:
                writer.writerow([written(value) for value in row])
                counted += 1
            draft.flush()
            os.fsync(draft.fileno())
            with open(draft.name, "rb") as content:
                sha256 = file_digest(content, "sha256").hexdigest()
                size = content.tell()
            os.replace(draft.name, place / sha256)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
    return Written(table, name, sha256, size, counted)


def open_file(sha256: str) -> BinaryIO:
    """A kept file for reading. Raises FileNotFoundError."""
    return (folder() / sha256).open("rb")


def rows_of(sha256: str) -> Iterator[list[str]]:
    """The rows of a kept file, without its heads."""
    with (folder() / sha256).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        yield from rows
