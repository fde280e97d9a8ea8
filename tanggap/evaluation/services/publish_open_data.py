"""A new version of the open data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import override

from tanggap.accounts.days import local_day
from tanggap.cases.models import Case
from tanggap.common.errors import Invalid
from tanggap.evaluation.models import OpenDataFile, OpenDataVersion
from tanggap.evaluation.opendata import gathering, keeping
from tanggap.evaluation.opendata.package import Written, descriptor
from tanggap.evaluation.opendata.tables import AGENCIES, AGGREGATES, CASES, CATEGORIES, REVISIONS
from tanggap.evaluation.periods import Period, month_of
from tanggap.evaluation.services.fold_everything import fold_everything

LOCK: Final = 0x6F70656E
REVISED: Final = "revisions.csv"
Progress = Callable[[str], object]


@transaction.atomic
def publish_open_data(
    *, now: datetime, month: date | None = None, progress: Progress = lambda _line: None
) -> OpenDataVersion | None:
    """Publish all months up to `month` (the last finished one without); None where nothing is new or nothing is there.

    The version before stays as it is. Files are written before the row that names them; one publication at a time.
    Raises Invalid for a month that is not over or lies before the last one published.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    before = OpenDataVersion.objects.first()
    through = _through(month, before, now)
    first = Case.objects.aggregate(first=Min("received_at"))["first"]
    if first is None or local_day(first) > month_of(through).last:
        return None
    fold_everything(now=now, progress=progress)
    kept = {file.name: file for file in before.files.all()} if before else {}
    with override("id"):
        files = list(_files(Period(local_day(first), month_of(through).last), kept, progress))
        if before is not None and _digests_of(files) == _digests_of(kept.values()):
            return None
        number = before.number + 1 if before else 1
        package = descriptor(
            number=number, created_at=now, through=f"{through:%Y-%m}", source=settings.BASE_URL, files=files
        )
    version = OpenDataVersion.objects.create(number=number, through=through, created_at=now, package=package)
    OpenDataFile.objects.bulk_create(_row(version, file, kept.get(file.name)) for file in files)
    return version


def _through(month: date | None, before: OpenDataVersion | None, now: datetime) -> date:
    this = local_day(now).replace(day=1)
    last = Period(this, this).previous.first
    chosen = month.replace(day=1) if month else last
    if chosen > last:
        raise Invalid(_("Bulan itu belum selesai."), field="month", code="not_over")
    if before is not None and chosen < before.through:
        raise Invalid(_("Bulan itu lebih awal daripada versi yang sudah terbit."), field="month", code="earlier")
    return chosen


def _files(period: Period, kept: Mapping[str, OpenDataFile], progress: Progress) -> Iterator[Written]:
    """Year by year, so that no more than a year's numbers and a month's cases are in memory; and what changed."""
    revisions: list[list[Any]] = []
    for year in range(period.first.year, period.last.year + 1):
        days = Period(max(date(year, 1, 1), period.first), min(date(year, 12, 31), period.last))
        name, cases = f"aggregates-{year}.csv", f"cases-{year}.csv"
        before = gathering.read_cells(_rows(kept, name))
        aggregates = keeping.keep(AGGREGATES, name, gathering.aggregate_rows(days.months, before))
        yield _told(progress, aggregates)
        now = gathering.read_cells(keeping.rows_of(aggregates.sha256))
        revisions += gathering.revision_rows(before, now)
        yield _told(progress, keeping.keep(CASES, cases, gathering.case_rows(days, now, _rows(kept, cases))))
    if kept:
        yield _told(progress, keeping.keep(REVISIONS, REVISED, revisions))
    yield _told(progress, keeping.keep(AGENCIES, "agencies.csv", gathering.agency_rows()))
    yield _told(progress, keeping.keep(CATEGORIES, "categories.csv", gathering.category_rows()))


def _digests_of(files: Iterable[Written | OpenDataFile]) -> dict[str, str]:
    # What changed the last time is nothing new.
    return {file.name: file.sha256 for file in files if file.name != REVISED}


def _rows(kept: Mapping[str, OpenDataFile], name: str) -> Iterator[list[str]]:
    return keeping.rows_of(kept[name].sha256) if name in kept else iter(())


def _told(progress: Progress, file: Written) -> Written:
    progress(f"{file.name}: {file.rows} baris")
    return file


def _row(version: OpenDataVersion, file: Written, before: OpenDataFile | None) -> OpenDataFile:
    row = OpenDataFile(version=version, name=file.name, sha256=file.sha256, size=file.size, rows=file.rows)
    if before is not None and file.name != REVISED:
        old, new = (_digests(sha, file) for sha in (before.sha256, file.sha256))
        row.added, row.removed = len(new.keys() - old.keys()), len(old.keys() - new.keys())
        row.changed = sum(old[key] != new[key] for key in old.keys() & new.keys())
    return row


def _digests(content: str, file: Written) -> dict[bytes, bytes]:
    """A digest of each row by one of its key: of a year of the whole country some hundred megabytes at most."""
    width = [file.table.heads.index(name) for name in file.table.key]
    return {
        sha256("\0".join(row[at] for at in width).encode()).digest(): sha256("\0".join(row).encode()).digest()
        for row in keeping.rows_of(content)
    }
