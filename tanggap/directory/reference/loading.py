"""The loaders in their order, each in the one transaction of `load`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from tanggap.directory import cache
from tanggap.directory.models import Brand, Category, DayOff, Locale, OfficeWeek
from tanggap.directory.reference.agencies import load_agencies
from tanggap.directory.reference.names import load_names
from tanggap.directory.reference.regions import load_regions
from tanggap.directory.reference.seeds import difference, remember, update_unedited
from tanggap.directory.reference.selection import WHOLE_COUNTRY, Selection
from tanggap.directory.reference.sources import rows_of

Progress = Callable[[str], None]
Loader = Callable[[Progress], int]
MANY = 10_000
LOCK = 0x7A6E6767
GIN_INDEXES = (
    "directory_region_search",
    "directory_region_name",
    "directory_region_words",
    "directory_region_own_words",
    "directory_regionword_search",
    "directory_agency_search",
)
KINDS = {"libur_nasional": "national", "cuti_bersama": "joint"}
DRAFTS = {"jv": "Jawa", "mad": "Madura"}
NATIONAL_BRAND = {
    "name": "Tanggap",
    "line": "Pengaduan layanan publik",
    "channels": ["web", "app"],
    "languages": ["id", "en"],
    "is_default": True,
}


def load_all(progress: Progress) -> int:
    """Run the loaders named in settings.REFERENCE_LOADERS, in order; the number of rows written by all."""
    names = getattr(settings, "REFERENCE_LOADERS", ["tanggap.directory.reference.load"])
    loaders: list[Loader] = [import_string(name) for name in names]
    return sum(loader(progress) for loader in loaders)


@transaction.atomic
def load(progress: Progress, selection: Selection = WHOLE_COUNTRY) -> int:
    """Regions, agencies, names, categories, calendars and the national brand; the number of rows written.

    Running it again writes nothing. One process at a time: another waits for the first to finish.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    written = _step(progress, "wilayah", load_regions(selection))
    written += _step(progress, "instansi", load_agencies(selection))
    written += _step(progress, "nama lain", load_names())
    written += _step(progress, "topik", load_categories())
    written += _step(progress, "hari libur", load_days_off())
    written += _step(progress, "pekan kerja", load_office_week())
    written += _step(progress, "merek", load_brand())
    written += _step(progress, "bahasa", load_locales())
    if written > MANY:
        _analyze()
    cache.clear()
    return written


def _analyze() -> None:
    """Statistics and merged indexes of words: without them every name looked up next reads whole tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE directory_region, directory_regionword, directory_agency, directory_agencyalias")
        for index in GIN_INDEXES:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])


def _step(progress: Progress, what: str, written: int) -> int:
    progress(f"{what}: {written} baris ditulis" if written else f"{what}: sudah mutakhir")
    return written


def load_categories() -> int:
    """The default tree of topics."""
    rows = sorted(rows_of("working_taxonomy.csv"), key=lambda row: int(row["level"]))
    topics = {
        row["code"]: {"parent_id": row["parent"] or None, "name": row["name"], "level": int(row["level"])}
        for row in rows
    }
    return _load("category", Category, "code", topics)


def load_days_off() -> int:
    """National holidays and joint leave."""
    diff = difference("dayoff", {row["date"]: _day_off(row) for row in rows_of("working_calendar_2022_2027.csv")})
    present = {day.isoformat() for day in DayOff.objects.filter(agency=None).values_list("date", flat=True)}
    new = [DayOff(date=key, **values) for key, values in diff.new.items() if key not in present]
    written = len(DayOff.objects.bulk_create(new)) if new else 0
    for key, (before, now) in diff.changed.items():
        day = DayOff.objects.filter(agency=None, date=key).first()
        written += bool(day and update_unedited(day, before, now))
    remember("dayoff", diff)
    return written


def _day_off(row: dict[str, str]) -> dict[str, Any]:
    return {"name": row["name"], "kind": KINDS[row["kind"]], "estimated": row["estimated"] == "1"}


def load_office_week() -> int:
    """Monday to Friday, 08:00–16:00, for everybody."""
    week = {"days": "0,1,2,3,4", "opens": "08:00:00", "closes": "16:00:00", "valid_from": "2000-01-01"}
    return _load("officeweek", OfficeWeek, "valid_from", {week["valid_from"]: week}, agency=None)


def load_brand() -> int:
    """The brand `nasional`."""
    return _load("brand", Brand, "slug", {"nasional": NATIONAL_BRAND})


def load_locales() -> int:
    """Drafts of further languages, silent until a speaker has read them."""
    return _load("locale", Locale, "code", {code: {"name": name} for code, name in DRAFTS.items()})


def _load(kind: str, model: Any, key_field: str, rows: dict[str, dict[str, Any]], **scope: Any) -> int:
    diff = difference(kind, rows)
    present = (
        {str(key) for key in model.objects.filter(**scope).values_list(key_field, flat=True)} if diff.new else set()
    )
    new = [model(**{key_field: key, **scope, **values}) for key, values in diff.new.items() if key not in present]
    written = len(model.objects.bulk_create(new)) if new else 0
    for key, (before, now) in diff.changed.items():
        row = model.objects.filter(**{key_field: key}, **scope).first()
        written += bool(row and update_unedited(row, before, now))
    remember(kind, diff)
    return written
