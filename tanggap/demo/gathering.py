"""The facts of a plan, from the reference data."""

from __future__ import annotations

from collections import defaultdict

from tanggap.demo.planning.facts import CITY, NATIONAL, PROVINCE, REGENCY, ROOT, District, Facts, Limits, Place
from tanggap.directory.models import Agency, Category, Region
from tanggap.directory.reference.sources import rows_of
from tanggap.directory.selectors import calendar_of, root_agency

HOME = "33.21"
"""A regency on the north coast of Java: floods, markets, every unit. The first one there is, where it is not loaded."""
KINDS = {Agency.Kind.PROVINCE.value: PROVINCE, Agency.Kind.REGENCY.value: REGENCY, Agency.Kind.CITY.value: CITY}
USUAL_POPULATION = 150_000


class NothingToPlan(LookupError):
    """No government with units and districts: the reference data was not loaded."""


def gather_facts() -> Facts:
    """Everything the planning needs, with units, districts and calendars. Raises NothingToPlan."""
    units = _units()
    districts = _districts()
    people = _people()
    places = []
    for row in _bodies(list(KINDS)):
        here = districts[row.code] if row.kind != Agency.Kind.PROVINCE else districts[row.code + "."]
        if not units[row.pk] or not here:
            continue
        population, latitude, longitude = people.get(row.code, (USUAL_POPULATION, None, None))
        places.append(
            Place(
                code=row.code,
                name=row.short_name or row.name,
                kind=KINDS[row.kind],
                calendar=calendar_of(row.pk),
                population=population,
                latitude=latitude,
                longitude=longitude,
                districts=tuple(here),
                units=units[row.pk],
            )
        )
    if not places:
        raise NothingToPlan("no government with units and districts")
    codes = {place.code for place in places}
    home = HOME if HOME in codes else next((p.code for p in places if p.kind == REGENCY), places[0].code)
    return Facts(
        places=tuple(places),
        nationals={row.code: _national(row) for row in _bodies(None)},
        categories=frozenset(Category.objects.values_list("code", flat=True)),
        home=home,
        root=_national(root_agency(), ROOT),
        limits=Limits(),
    )


def _bodies(kinds: list[str] | None) -> list[Agency]:
    """Active governments of these kinds, or national bodies, inside this instance."""
    found = Agency.objects.filter(status=Agency.Status.ACTIVE, external=False, valid_until__isnull=True)
    if kinds is not None:
        return list(found.filter(kind__in=kinds).order_by("code"))
    return list(found.exclude(kind__in=[*KINDS, Agency.Kind.UNIT, Agency.Kind.NATION]).order_by("code"))


def _national(agency: Agency, code: str = "") -> Place:
    return Place(code or agency.code, agency.short_name or agency.name, NATIONAL, calendar_of(agency.pk))


def _units() -> dict[int, dict[str, str]]:
    """By body: slug → name; offices of districts are found by their district."""
    units: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Agency.objects.filter(kind=Agency.Kind.UNIT, status=Agency.Status.ACTIVE).order_by("code")
    for code, name, body_id in rows.values_list("code", "name", "body_id"):
        slug = code.rpartition("/")[2]
        if body_id is not None:
            units[body_id][slug] = name
    return units


def _districts() -> dict[str, list[District]]:
    """By regency or city; under a province's code with a dot all of the province."""
    found: dict[str, list[District]] = defaultdict(list)
    rows = Region.objects.filter(kind=Region.Kind.DISTRICT).order_by("code").values_list("code", "name")
    for code, name in rows:
        district = District(code, name)
        found[code[:5]].append(district)
        found[code[:2] + "."].append(district)
    return found


def _people() -> dict[str, tuple[int, float | None, float | None]]:
    """Population and place on the map, by code."""
    people: dict[str, tuple[int, float | None, float | None]] = {
        row["code"]: (int(row["population"] or 0), None, None) for row in rows_of("provinces.csv")
    }
    for row in rows_of("regencies.csv"):
        people[row["code"]] = (int(row["population"] or 0), float(row["lat"] or 0), float(row["lng"] or 0))
    return people
