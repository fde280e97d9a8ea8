"""The brand of the address that was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tanggap.directory.selectors import brand_of_host


@dataclass(frozen=True)
class BrandView:
    """What a page shows of a brand; empty strings where the house's own stand in."""

    name: str = ""
    line: str = ""
    logo_svg: str = ""
    css_url: str = ""


def brand(request: HttpRequest) -> dict[str, Any]:
    """`brand`: by host name, else the default one. Lazy, so that a page without a header asks no database."""
    return {"brand": SimpleLazyObject(lambda: _brand_of(request.get_host().partition(":")[0]))}


def _brand_of(host: str) -> BrandView:
    row = brand_of_host(host)
    if row is None:
        return BrandView()
    # The colour is part of the address, so that a changed one is not hidden by a cached style sheet.
    css_url = f"/merek/{row.slug}.css?{row.colour.lstrip('#')}" if row.colour else ""
    return BrandView(row.name, row.line, row.logo_svg, css_url)
