"""The tree of agencies: the nation, 112 national bodies, 552 governments with their units and district offices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.db import connection

from tanggap.directory.models import Agency, Brand, Region, Zone
from tanggap.directory.naming import search_words, unit_slug, without_brackets
from tanggap.directory.reference.seeds import Values, copy_into, difference, plain, remember, update_unedited
from tanggap.directory.reference.selection import Selection
from tanggap.directory.reference.sources import first_day, last_day, rows_of

NATION = "ID"
SEED = "agency"
KINDS = {
    "kementerian_koordinator": Agency.Kind.COORDINATING_MINISTRY,
    "kementerian": Agency.Kind.MINISTRY,
    "lpnk": Agency.Kind.INSTITUTION,
    "lembaga_lain": Agency.Kind.INSTITUTION,
    "bumn": Agency.Kind.SOE,
}
PAPUA = ("91", "92", "93", "94", "95", "96")
COLUMNS = (
    "id", "code", "name", "short_name", "kind", "parent_id", "body_id", "path", "region_id", "zone", "topics",
    "valid_from", "valid_until", "status", "merged_into_id", "external", "two_person_answers", "search_text",
)  # fmt: skip


class Template(NamedTuple):
    """One kind of unit that regional governments have."""

    slug: str
    name: str
    short_name: str
    topics: str
    regencies_only: bool


@dataclass(frozen=True)
class Placed:
    """An agency that has its place in the tree."""

    id: int
    path: str
    body_id: int | None
    body_name: str


def load_agencies(selection: Selection) -> int:
    """Insert agencies that were never shipped before, and shipped values that changed; the number of rows written."""
    shipped = {code: values for code, values in _shipped(selection)}
    diff = difference(SEED, {code: _unplaced(values) for code, values in shipped.items()})
    placed = _placed()
    missing = {code: shipped[code] for code in diff.new if code not in placed}
    written = copy_into("directory_agency", COLUMNS, _rows(missing, placed))
    for code, (before, now) in diff.changed.items():
        agency = Agency.objects.select_related("body").filter(code=code).first()
        if agency is not None and update_unedited(agency, before, now):
            agency.search_text = search_words(agency.name, agency.short_name, _body_name(agency))
            agency.save(update_fields=["search_text"])
            written += 1
    remember(SEED, diff)
    return written


def _body_name(agency: Agency) -> str:
    return "" if agency.body is None or agency.is_body else agency.body.short_name


def _unplaced(values: Values) -> Values:
    """The fields that are compared with the next version: a place in the tree changes only by an operation."""
    return {k: plain(v) for k, v in values.items() if k not in ("parent", "region_id")}


def _shipped(selection: Selection) -> Iterator[tuple[str, Values]]:
    yield NATION, _values("Republik Indonesia", "Nasional", Agency.Kind.NATION)
    for row in rows_of("agencies_national.csv"):
        dates = {"valid_from": first_day(row["valid_from"]), "valid_until": last_day(row["valid_until"])}
        yield row["code"], _values(row["name"], row["short_name"], KINDS[row["kind"]], parent=NATION, **dates)
    regions = Region.objects.filter(kind__in=["province", "regency", "city"]).order_by("code")
    for region in regions:
        if selection.takes(region.code):
            yield from _government(region)
    for district in Region.objects.filter(kind="district").order_by("code").values("code", "name", "parent_id", "zone"):
        if selection.takes(district["code"]):
            yield _district_office(**district)


def _government(region: Region) -> Iterator[tuple[str, Values]]:
    label = f"Provinsi {region.name}" if region.kind == Region.Kind.PROVINCE else region.name
    place = {"region_id": region.code, "zone": region.zone}
    yield region.code, _values(f"Pemerintah {label}", label, region.kind, parent=NATION, **place)
    for unit in templates():
        if region.kind == Region.Kind.REGENCY or not unit.regencies_only:
            code = f"{region.code}/{unit.slug}"
            values = _values(unit.name, unit.short_name, Agency.Kind.UNIT, parent=region.code, **place)
            yield code, {**values, "topics": unit.topics}


def _district_office(code: str, name: str, parent_id: str, zone: str) -> tuple[str, Values]:
    word = "Distrik" if code.startswith(PAPUA) else "Kecamatan"
    names = f"{word} {name}", f"Kec. {name}"
    values = _values(*names, Agency.Kind.UNIT, parent=parent_id, region_id=code, zone=zone)
    return f"{parent_id}/kec-{code}", {**values, "topics": "pelayanan umum kewilayahan"}


def _values(name: str, short_name: str, kind: str, **others: Any) -> dict[str, Any]:
    usual = {
        "parent": None,
        "region_id": None,
        "zone": Zone.WIB.value,
        "topics": "",
        "valid_from": None,
        "valid_until": None,
    }
    return {"name": name, "short_name": short_name, "kind": str(kind), **usual, **others}


@cache
def templates() -> tuple[Template, ...]:
    """The units every government has, and those of regencies. Rows for some or few, or naming a place, are left out."""
    units: list[Template] = []
    for row in rows_of("opd_template_kabupaten_kota.csv"):
        if row["where"] in ("all", "kabupaten") and "{" not in row["name"]:
            slug = unit_slug(row["short_names"], [unit.slug for unit in units])
            topics = row["topics"].replace("(", "").replace(")", "")
            name = without_brackets(row["name"])
            units.append(Template(slug, name, row["short_names"], topics, row["where"] == "kabupaten"))
    return tuple(units)


def _placed() -> dict[str, Placed]:
    rows = Agency.objects.values_list("code", "id", "path", "body_id", "body__short_name")
    return {code: Placed(pk, path, body, name or "") for code, pk, path, body, name in rows}


def _rows(missing: Mapping[str, Values], placed: dict[str, Placed]) -> Iterator[tuple[Any, ...]]:
    """The missing agencies as table rows, each after its parent, with ids taken from the sequence at once."""
    root = _instance_path()
    for (code, v), pk in zip(missing.items(), _ids(len(missing)), strict=True):
        above = placed[v["parent"]] if v["parent"] else None
        path = f"{above.path if above else '/'}{pk}/"
        is_unit = v["kind"] == Agency.Kind.UNIT and above is not None
        body_id = above.body_id if is_unit and above else (pk if above else None)
        body_name = above.body_name if is_unit and above else v["short_name"]
        placed[code] = Placed(pk, path, body_id, body_name)
        text = search_words(v["name"], v["short_name"], body_name if is_unit else "")
        yield (
            pk, code, v["name"], v["short_name"], v["kind"], above.id if above else None, body_id, path,
            v["region_id"], v["zone"], v["topics"], v["valid_from"], v["valid_until"], Agency.Status.ACTIVE.value,
            None, not (path.startswith(root) or root.startswith(path)), False, text,
        )  # fmt: skip


def _ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('directory_agency', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [row[0] for row in cursor.fetchall()]


def _instance_path() -> str:
    """The path of the instance's root; "/" (everything is inside) before one is set."""
    brand = Brand.objects.filter(is_default=True).select_related("agency").first()
    return brand.agency.path if brand and brand.agency else "/"
