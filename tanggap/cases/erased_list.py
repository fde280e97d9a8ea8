"""The list of who was forgotten, kept outside the database: a restore from an older backup brings them all back.

A line of JSON for each, appended and never rewritten. It names cases and accounts by number and tells nothing else of
anybody. A line that a crash cut short is passed over; what it meant to say is written again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tanggap.accounts.models import Person
from tanggap.cases.models import Erasure, Reporter

OVERLAP = timedelta(days=2)
"""How far behind the last line is looked again: an erasure counts from its beginning and is seen at its end."""


@dataclass(frozen=True, slots=True)
class Erased:
    """One erasure: of a case by its tracking id, or of an account by its number and the moment it began.

    Numbers of accounts are given again after a restore; the moment tells the old one from whoever came later.
    """

    at: str
    case: str = ""
    files: bool = False
    account: int = 0
    joined_at: str = ""

    @property
    def key(self) -> tuple[str, int, str]:
        """What it is about, however often it was done."""
        return self.case, self.account, self.joined_at

    @property
    def line(self) -> str:
        """As it stands in the file."""
        return json.dumps({name: value for name, value in asdict(self).items() if value}, sort_keys=True) + "\n"


def read_list(path: Path) -> Iterator[Erased]:
    """Every whole line; none where there is no file."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            if (erased := _parsed(line)) is not None:
                yield erased


def append_to(path: Path) -> int:
    """Write what the file lacks, on the disk before this returns; how many lines. The file is readable by us alone."""
    last, known = "", set()
    for erased in read_list(path):
        last = max(last, erased.at)
        known.add(erased.key)
    since = datetime.fromisoformat(last) - OVERLAP if last else None
    lines = [erased.line for erased in _erased(since) if erased.key not in known]
    if lines:
        _write(path, lines)
    return len(lines)


def _write(path: Path, lines: list[str]) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a+b") as file:
        cut_short = file.tell() and os.pread(descriptor, 1, file.tell() - 1) != b"\n"
        file.write((b"\n" if cut_short else b"") + "".join(lines).encode())
        file.flush()
        os.fsync(descriptor)


def _parsed(line: str) -> Erased | None:
    try:
        erased = Erased(**json.loads(line))
        datetime.fromisoformat(erased.at)
    except (TypeError, ValueError):
        return None
    return erased if bool(erased.case) != bool(erased.account) else None


def _erased(since: datetime | None) -> Iterable[Erased]:
    """Cases, without the parts that go with them, and accounts, in the order of their moments."""
    rows = Reporter.objects.filter(erased_at__isnull=False, case__parent__isnull=True)
    people = Person.objects.filter(erased_at__isnull=False)
    if since is not None:
        rows, people = rows.filter(erased_at__gte=since), people.filter(erased_at__gte=since)
    wishes = Erasure.objects.filter(with_files=True, done_at__isnull=False, case__in=rows.values("case_id"))
    wished = set(wishes.values_list("case_id", flat=True))
    cases = [
        Erased(at=at.isoformat(), case=number, files=pk in wished)
        for pk, number, at in rows.values_list("case_id", "case__tracking_id", "erased_at")
        if at is not None
    ]
    accounts = [
        Erased(at=at.isoformat(), account=pk, joined_at=joined.isoformat())
        for pk, joined, at in people.values_list("pk", "joined_at", "erased_at")
        if at is not None
    ]
    return sorted([*cases, *accounts], key=lambda erased: erased.at)
