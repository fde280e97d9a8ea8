"""The regions: 38 provinces, 514 regencies and cities, 7,285 districts, 83,762 villages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import connection

from tanggap.directory.models import Region, RegionWord, Zone
from tanggap.directory.naming import normalize
from tanggap.directory.reference.seeds import copy_into
from tanggap.directory.reference.selection import Selection
from tanggap.directory.reference.sources import rows_of

EASTERN = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})
CENTRAL = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
COLUMNS = ("code", "name", "kind", "parent_id", "lat", "lng", "zone", "search_text")
CITY_AND_REGENCY = {"kabupaten": Region.Kind.REGENCY, "kota": Region.Kind.CITY}


class Row(NamedTuple):
    code: str
    name: str
    kind: str
    parent_id: str | None
    lat: float | None
    lng: float | None
    zone: str
    search_text: str


def zone_of(code: str) -> str:
    """The zone of a region by its province (DOMAIN §3)."""
    province = code[:2]
    if province in EASTERN:
        return Zone.WIT
    return Zone.WITA if province in CENTRAL else Zone.WIB


def load_regions(selection: Selection) -> int:
    """Insert what is missing and correct what differs; the number of rows written. Regions are never edited here."""
    fields = ", ".join(COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {fields} FROM directory_region")  # noqa: S608 (constant names)
        present = {row[0]: tuple(row) for row in cursor.fetchall()}
    shipped = list(_shipped(selection))
    written = copy_into("directory_region", COLUMNS, (row for row in shipped if row.code not in present))
    changed = [row for row in shipped if row.code in present and present[row.code] != tuple(row)]
    for row in changed:
        Region.objects.filter(pk=row.code).update(**row._asdict())
    load_words(row.search_text for row in shipped)
    return written + len(changed)


def load_words(texts: Iterable[str]) -> None:
    """The words of all names, anew where they differ; made from the regions, so not counted among what is loaded."""
    uses = Counter(word for text in texts for word in text.split())
    if uses == dict(RegionWord.objects.values_list("word", "uses")):
        return
    RegionWord.objects.all().delete()
    copy_into("directory_regionword", ("word", "uses"), uses.items())


def _shipped(selection: Selection) -> Iterator[Row]:
    """Every region of the selection, parents first."""
    above: dict[str, str] = {}
    for code, name, kind, lat, lng, label in _raw():
        if not selection.takes(code):
            continue
        parent = code.rpartition(".")[0] or None
        search = " ".join(filter(None, (normalize(f"{label} {name}"), above.get(parent or ""))))
        if kind != Region.Kind.VILLAGE:
            above[code] = normalize(name) if kind == Region.Kind.PROVINCE else search
        yield Row(code, name, kind, parent, lat, lng, zone_of(code), search)


Raw = tuple[str, str, str, float | None, float | None, str]


def _raw() -> Iterator[Raw]:
    for row in rows_of("provinces.csv"):
        yield row["code"], row["name"], Region.Kind.PROVINCE, None, None, "Provinsi"
    for row in rows_of("regencies.csv"):
        kind = CITY_AND_REGENCY[row["kind"]]
        yield row["code"], row["name"], kind, float(row["lat"]), float(row["lng"]), ""
    for row in rows_of("districts.csv.gz"):
        yield row["code"], row["name"], Region.Kind.DISTRICT, None, None, "Kecamatan"
    for row in rows_of("villages.csv.gz"):
        yield row["code"], row["name"], Region.Kind.VILLAGE, None, None, row["kind"]
