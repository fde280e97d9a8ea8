"""The file itself: its lines with their numbers, and the file of those that were rejected."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tanggap.cases.history.columns import ADDED, COLUMNS, REQUIRED
from tanggap.common.errors import Invalid

# An opened quotation mark that is never closed must not read the rest of the file into memory.
LONGEST_FIELD = 1_000_000


@dataclass(slots=True)
class Line:
    """One record. `number` is the file's line it begins on (the header is 1); `problem` says why it cannot be read."""

    number: int
    cells: list[str]
    values: dict[str, str] = field(default_factory=dict)
    problem: str = ""


class Source:
    """A CSV file open for reading. Raises Invalid for a file or header that cannot be used at all."""

    def __init__(self, path: Path) -> None:
        csv.field_size_limit(LONGEST_FIELD)
        try:
            # Bytes that are no UTF-8 reject their line, not the file.
            self._file: IO[str] = path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
        except OSError as error:
            raise Invalid(f"Berkas {path} tidak dapat dibaca: {error.strerror}.") from error
        self._reader = csv.reader(self._file)
        self._ended_on = 0
        try:
            self.header = [name.strip() for name in self._next() or []]
            self._ended_on = self._reader.line_num
            self._check_header(path)
        except BaseException:
            self._file.close()
            raise

    def _check_header(self, path: Path) -> None:
        missing = [name for name in REQUIRED if name not in self.header]
        if missing:
            raise Invalid(f"Baris pertama {path.name} tidak memuat kolom {', '.join(missing)}.")
        twice = sorted({name for name in self.header if name and self.header.count(name) > 1})
        if twice:
            raise Invalid(f"Baris pertama {path.name} memuat kolom {', '.join(twice)} lebih dari sekali.")

    @property
    def unknown_columns(self) -> list[str]:
        """Columns that are kept for the rejected lines and otherwise not read."""
        return [name for name in self.header if name and name not in COLUMNS and name not in ADDED]

    def _next(self) -> list[str] | None:
        """The next record that is no empty line; None at the end."""
        while (cells := next(self._reader, None)) is not None:
            if cells:
                return cells
            self._ended_on = self._reader.line_num
        return None

    def __iter__(self) -> Iterator[Line]:
        while True:
            problem, cells = "", None
            try:
                cells = self._next()
            except csv.Error:
                problem, cells = "Baris tidak dapat dibaca: tanda kutip tidak ditutup, atau isinya terlalu panjang.", []
            if cells is None:
                return
            line = Line(self._ended_on + 1, cells, problem=problem)
            self._ended_on = self._reader.line_num
            self._fill(line)
            yield line

    def _fill(self, line: Line) -> None:
        if len(line.cells) > len(self.header):
            line.problem = line.problem or f"Baris memuat {len(line.cells)} kolom, seharusnya {len(self.header)}."
            return
        for name, value in zip(self.header, line.cells, strict=False):
            try:
                value.encode()
            except UnicodeEncodeError:
                line.problem = line.problem or f"Kolom {name} bukan teks UTF-8."
            line.values[name] = value.replace("\0", "")

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Rejected:
    """`FILE.rejected.csv`: the columns as they came, with the line number and the reason.

    Written beside its final name and put there at the end, so that a run that dies leaves the older one whole. The
    lines hold personal data: only the owner may read them.
    """

    def __init__(self, source: Path, header: list[str]) -> None:
        self.path = source.with_suffix(".rejected.csv")
        self.count = 0
        self._columns = [name for name in header if name not in ADDED]
        self._kept = [index for index, name in enumerate(header) if name not in ADDED]
        self._part = self.path.with_suffix(".csv.part")
        self._file: IO[str] | None = None
        self._writer: Any = None

    def add(self, line: Line, reason: str) -> None:
        """Write one line down. Raises Invalid when the folder cannot be written to."""
        if self._file is None:
            self._open()
        row = [line.cells[index] if index < len(line.cells) else "" for index in self._kept]
        self._writer.writerow([*row, line.number, reason])
        self.count += 1

    def _open(self) -> None:
        try:
            handle = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise Invalid(f"Berkas {self.path} tidak dapat ditulis: {error.strerror}.") from error
        self._file = os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow([*self._columns, *ADDED])

    def finish(self) -> None:
        """Put the file in its place; without rejected lines an older one goes."""
        if self._file is None:
            self.path.unlink(missing_ok=True)
            return
        self._file.close()
        self._part.replace(self.path)

    def discard(self) -> None:
        """After a failure: nothing of this run stays."""
        if self._file is not None:
            self._file.close()
        with suppress(OSError):
            self._part.unlink(missing_ok=True)
