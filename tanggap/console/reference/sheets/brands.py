"""Brands as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext_lazy

from tanggap.common.svg import clean_svg
from tanggap.console.reference.sheets.mark import OfficerMark
from tanggap.directory.exchange import Table
from tanggap.directory.exchange.shape import Line, agency_of, each, told
from tanggap.directory.models import Brand
from tanggap.directory.services.save_brand import BrandWish, save_brand

COLUMNS: Final = ("slug", "name", "line", "colour", "host", "agency_code", "languages", "logo_svg")


def _rows() -> Iterator[tuple[str, ...]]:
    for row in Brand.objects.select_related("agency").order_by("slug"):
        words = _words(row)
        yield row.slug, *(str(words[name]) for name in COLUMNS[1:])


def _words(row: Brand) -> dict[str, str]:
    return {
        "name": row.name,
        "line": row.line,
        "colour": row.colour,
        "host": row.host or "",
        "agency_code": row.agency.code if row.agency else "",
        "languages": " ".join(row.languages),
        "logo_svg": row.logo_svg,
    }


def _take(line: Line, mark: OfficerMark) -> str:
    row = Brand.objects.select_related("agency").filter(slug=line["slug"]).first()
    before = _words(row) if row else dict.fromkeys(COLUMNS[1:], "")
    after = {name: _typed(name, line[name]) or before[name] for name in before}
    if row is not None and before == after:
        return ""
    given: dict[str, Any] = {name: after[name] for name in ("name", "line", "colour", "host", "logo_svg")}
    agency = agency_of(after) if after["agency_code"] else None
    wish = BrandWish(**given, agency=agency, languages=after["languages"].split())
    save_brand(slug=line["slug"], wish=wish, **mark.words)
    return told((name, before[name], after[name]) for name in before)


def _typed(name: str, value: str) -> str:
    """As the service keeps it, so that the same file sent twice changes nothing."""
    if name in ("colour", "host"):
        return value.lower()
    if name == "languages":
        return " ".join(dict.fromkeys(value.replace(",", " ").split()))
    if name == "logo_svg":
        return clean_svg(value) if value else ""
    return value[:160] if name == "line" else value


TABLE: Final[Table[OfficerMark]] = Table(
    "merek",
    gettext_lazy("Merek"),
    COLUMNS,
    ("slug", "name"),
    _rows,
    each(_take),
    prose=("logo_svg",),
)
