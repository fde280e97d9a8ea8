"""Choosing a region or an agency by name without JavaScript: what was typed becomes a handful of choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tanggap.directory.boundaries import regency_at
from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import children_of, search_agencies, search_regions
from tanggap.portal.forms.report import UNKNOWN

MOST_CHOICES = 8


@dataclass(frozen=True)
class Option:
    """One radio card."""

    value: str
    title: str
    hint: str
    checked: bool


def region_options(query: str, chosen: str, *, narrow: bool = False) -> list[Option]:
    """The regions that fit what was typed, the chosen one first, and "I don't know" last.

    `narrow`: with the districts of the chosen regency, for whoever came to it by a map or a position.
    """
    rows = search_regions(query, limit=MOST_CHOICES) if query.strip() else []
    if chosen and chosen != UNKNOWN and chosen not in {row.pk for row in rows}:
        rows = [*Region.objects.filter(pk=chosen), *rows]
    if narrow:
        rows = [*rows, *children_of(chosen)]
    above = _above(rows)
    options = [Option(row.pk, region_title(row), above.get(row.pk, ""), row.pk == chosen) for row in rows]
    return [*options, Option(UNKNOWN, _("Saya tidak tahu tempatnya"), "", chosen == UNKNOWN)]


def agency_options(
    query: str, chosen: str, *, suggested: Sequence[tuple[Agency, str]] = (), unknown: str = ""
) -> list[Option]:
    """The agencies that fit, suggestions with their reasons first, and "I don't know" (called `unknown`) last."""
    rows = search_agencies(query, limit=MOST_CHOICES) if query.strip() else []
    offered = {agency.code for agency, _reason in suggested}
    if chosen and chosen != UNKNOWN and chosen not in {row.code for row in rows} | offered:
        rows = [*Agency.objects.select_related("body").filter(code=chosen), *rows]
    options = [Option(row.code, row.name, reason, row.code == chosen) for row, reason in suggested]
    options += [
        Option(row.code, row.name, _body_name(row), row.code == chosen) for row in rows if row.code not in offered
    ]
    if unknown:
        options.append(Option(UNKNOWN, unknown, "", chosen in {UNKNOWN, ""} and not query.strip()))
    return options


def regency_of(point: tuple[float, float] | None) -> str | None:
    """The regency or city in which a point lies."""
    return regency_at(*point) if point else None


def is_regency(code: str) -> bool:
    """Whether this is the code of a regency or city."""
    return code.count(".") == 1 and Region.objects.filter(pk=code[:13]).exists()


def region_title(region: Region) -> str:
    """Kecamatan Karanglo, Desa/kelurahan Sumberarum, Kabupaten Demak: the kind where the name lacks it."""
    if region.kind == Region.Kind.DISTRICT:
        return _("Kecamatan %(name)s") % {"name": region.name}
    return region.name


def government_of(region: Region | None) -> Agency | None:
    """The regency or city (else the province) that answers for a place: its code begins the region's code."""
    if region is None:
        return None
    parts = region.pk.split(".")
    codes = [".".join(parts[:2]), parts[0]]
    found = {agency.code: agency for agency in Agency.objects.filter(code__in=codes, status=Agency.Status.ACTIVE)}
    return next((found[code] for code in codes if code in found), None)


def _above(regions: Iterable[Region]) -> dict[str, str]:
    """What lies above each region, in words, with one query for all."""
    lines = {}
    for region in regions:
        parts = region.pk.split(".")
        lines[region.pk] = [".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1)]
    names = Region.objects.in_bulk({code for codes in lines.values() for code in codes})
    return {pk: ", ".join(region_title(names[code]) for code in codes if code in names) for pk, codes in lines.items()}


def _body_name(agency: Agency) -> str:
    return "" if agency.body is None or agency.is_body else agency.body.name
