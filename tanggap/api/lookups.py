"""Reference data by code, as callers name it. What does not exist is the caller's mistake (422), not a missing page."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, NotFound
from tanggap.directory.cache import revision_cached
from tanggap.directory.models import Agency, Brand, Category, Region
from tanggap.directory.selectors import agency_by_code, brand_of_host, offered_categories, region_by_code

MOST_REGIONS = 20_000


def agency_of(code: str, *, field: str) -> Agency:
    """The agency of a code. Raises Invalid with the caller's field."""
    try:
        return agency_by_code(code)
    except NotFound as error:
        raise Invalid(error.message, field=field, code="unknown_agency") from error


def region_of(code: str, *, field: str = "region_code") -> Region:
    """The region of a code; shared by all threads, so never altered. Raises Invalid."""
    try:
        return _region(code.strip())
    except Invalid as error:
        raise Invalid(error.message, field=field, code="unknown_region") from error


@lru_cache(maxsize=MOST_REGIONS)
def _region(code: str) -> Region:
    """Regions change with a release of the product alone; the unknown is asked for again every time."""
    return region_by_code(code)


def category_of(code: str, *, field: str = "category") -> Category:
    """The category of a code, the one it was merged into if it was; shared by all threads, so never altered.

    Raises Invalid for one that is unknown or closed.
    """
    category = _categories().get(code.strip())
    if category is None:
        raise Invalid(
            _("Kategori ini tidak dikenal. Lihat /api/v1/categories, atau kosongkan."),
            field=field,
            code="unknown_category",
        )
    return category


@revision_cached
def _categories() -> dict[str, Category]:
    found = {category.code: category for category in offered_categories().order_by("code")}
    merged = Category.objects.filter(merged_into__isnull=False).values_list("code", "merged_into_id")
    return {**found, **{code: found[target] for code, target in merged if target in found}}


def categories() -> list[Category]:
    """Every category that is offered, by code."""
    return [category for code, category in _categories().items() if category.code == code]


@revision_cached
def brand(host: str) -> Brand | None:
    """The brand of cases that come through the API of this host; shared by all threads, so never altered."""
    return brand_of_host(host)
