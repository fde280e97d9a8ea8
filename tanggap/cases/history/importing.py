"""The whole import: batches of lines, each checked, told apart from what is here already, and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from time import monotonic

from django.db import transaction

from tanggap.cases.history.lines import Line, Rejected, Source
from tanggap.cases.history.lookups import Lookups
from tanggap.cases.history.parsing import Past, parse
from tanggap.cases.history.writing import lock_imports, sources_of, write_pasts
from tanggap.cases.recording import spellings
from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency

BATCH = 1000
SECONDS_BETWEEN_LINES = 2.0


@dataclass(slots=True)
class Summary:
    """How many lines became cases, were here before, or were rejected (and where those are)."""

    imported: int = 0
    already: int = 0
    rejected: int = 0
    rejected_file: str | None = None

    def as_json(self) -> dict[str, int | str | None]:
        """For the command's output."""
        return asdict(self)


def import_history(
    path: Path,
    *,
    now: datetime,
    agency: Agency | None = None,
    live: bool = False,
    progress: Callable[[str], object] = lambda _line: None,
) -> Summary:
    """Import a file; what is in already is left alone, bad lines go to `FILE.rejected.csv`.

    `agency` stands where a line names none, and unit names are looked for in it first. `live` wakes the timers for
    the cases. Every batch is one transaction: a run that dies keeps what it finished, and running it again does the
    rest. Raises Invalid when the file cannot be used at all.
    """
    source = Source(path)
    rejected = Rejected(path, source.header)
    run = _Run(Lookups(agency), rejected, now=now, live=live)
    if source.unknown_columns:
        progress(f"Kolom yang tidak dikenal dilewati: {', '.join(source.unknown_columns)}.")
    started = shown = monotonic()
    try:
        for batch in _batches(source):
            run.take(batch)
            if monotonic() - shown >= SECONDS_BETWEEN_LINES:
                shown = monotonic()
                progress(f"baris {batch[-1].number}: {run.read / (shown - started):.0f} laporan per detik")
        rejected.finish()
    except BaseException:
        rejected.discard()
        raise
    finally:
        source.close()
    progress(f"{run.read} laporan dalam {monotonic() - started:.1f} detik")
    summary = run.summary
    summary.rejected = rejected.count
    summary.rejected_file = str(rejected.path) if rejected.count else None
    return summary


def _batches(source: Source) -> Iterator[list[Line]]:
    lines = iter(source)
    while batch := list(islice(lines, BATCH)):
        yield batch


class _Run:
    def __init__(self, lookups: Lookups, rejected: Rejected, *, now: datetime, live: bool) -> None:
        self.lookups, self.rejected, self.now, self.live = lookups, rejected, now, live
        self.summary = Summary()
        self.read = 0

    def take(self, lines: Sequence[Line]) -> None:
        """One batch, in one transaction. Lines are rejected after it, so that none is reported and yet written."""
        self.read += len(lines)
        refused: list[tuple[Line, str]] = []
        self.lookups.prepare(line.values.get("region_code", "").strip() for line in lines)
        good: list[tuple[Line, Past]] = []
        for line in lines:
            try:
                good.append((line, self._parsed(line)))
            except Invalid as refusal:
                refused.append((line, refusal.message))
        with transaction.atomic():
            lock_imports()
            fresh = self._fresh(good, refused)
            write_pasts(fresh, live=self.live)
        self.summary.imported += len(fresh)
        for line, reason in sorted(refused, key=lambda pair: pair[0].number):
            self.rejected.add(line, reason)

    def _parsed(self, line: Line) -> Past:
        if line.problem:
            raise Invalid(line.problem)
        return parse(line.values, self.lookups, now=self.now)

    def _fresh(self, good: Sequence[tuple[Line, Past]], refused: list[tuple[Line, str]]) -> list[Past]:
        """The pasts that are not here yet. A number that another case has is refused; the same case is passed over."""
        taken = sources_of(past.number for _line, past in good)
        fresh = []
        for line, past in good:
            before = taken.get(past.number)
            if before is None:
                taken.update(dict.fromkeys(spellings(past.number), past.source))
                fresh.append(past)
            elif before == past.source:
                self.summary.already += 1
            else:
                refused.append((line, f"Nomor {past.number} sudah dipakai laporan lain (waktu atau isinya berbeda)."))
        return fresh
