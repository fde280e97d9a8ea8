"""Agencies by code, place in the tree and date; the brand."""

from __future__ import annotations

from copy import copy
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tanggap.common.clock import now
from tanggap.common.errors import NotFound
from tanggap.directory.cache import revision_cached
from tanggap.directory.models import Agency, Brand
from tanggap.directory.naming import normalize

NATION_CODE = "ID"
LONGEST_MERGER_CHAIN = 20
GOVERNMENTS = (Agency.Kind.PROVINCE, Agency.Kind.REGENCY, Agency.Kind.CITY)
MOST_RESULTS = 50


def current(agency: Agency) -> Agency:
    """The agency that took over when `agency` was merged, however often; itself otherwise."""
    for _step in range(LONGEST_MERGER_CHAIN):
        if agency.merged_into is None:
            break
        agency = agency.merged_into
    return agency


def agency_by_code(code: str) -> Agency:
    """The agency of a code; a merged one's code leads to its successor, a closed one stays itself.

    Raises NotFound. Remembered per process; every caller gets a copy of its own.
    """
    return copy(_by_code(code.strip()[:64]))


@revision_cached
def _by_code(code: str) -> Agency:
    agency = Agency.objects.select_related("body", "merged_into").filter(code=code).first()
    if agency is None:
        raise NotFound(_("Instansi dengan kode “%(code)s” tidak ada.") % {"code": code}, field="agency_code")
    return current(agency)


def agency_by_id(agency_id: int) -> Agency:
    """The agency of an id, merged ones included as they are. Raises NotFound."""
    agency = Agency.objects.select_related("body").filter(pk=agency_id).first()
    if agency is None:
        raise NotFound(_("Instansi itu tidak ada."), field="agency")
    return agency


def root_agency() -> Agency:
    """The root of this instance: the default brand's agency, else the nation."""
    return agency_by_code(_root_code())


@revision_cached
def _root_code() -> str:
    brand = default_brand()
    return brand.agency.code if brand and brand.agency else NATION_CODE


def subtree(agency: Agency) -> QuerySet[Agency]:
    """The agency and everything below it."""
    return Agency.objects.filter(path__startswith=agency.path)


@revision_cached
def subtree_ids(path: str) -> tuple[int, ...]:
    """The ids below a path, itself included: for units, whose subtrees are small."""
    return tuple(Agency.objects.filter(path__startswith=path).order_by("pk").values_list("pk", flat=True))


def units_of(body: Agency) -> QuerySet[Agency]:
    """The active units of a government or national body, by code; the body itself not among them."""
    return Agency.objects.filter(body=body, status=Agency.Status.ACTIVE).exclude(pk=body.pk).order_by("code")


def governments(kind: str | None = None) -> QuerySet[Agency]:
    """The regional governments, merged and closed ones included, by code; optionally of one kind."""
    kinds = GOVERNMENTS if kind is None else (kind,)
    return Agency.objects.filter(kind__in=kinds).order_by("code")


def government_of(region_code: str) -> Agency | None:
    """The regency's or city's government of a region inside it; the province's for a province; None when unknown."""
    code = region_code[:5] if len(region_code) >= 5 else region_code[:2]
    agency = Agency.objects.select_related("body", "merged_into").filter(code=code, kind__in=GOVERNMENTS).first()
    return current(agency) if agency else None


def in_force(queryset: QuerySet[Agency], on: date) -> QuerySet[Agency]:
    """Those that existed on a date: dated mergers and expiries decide, for history as well as for today."""
    return queryset.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    )


def search_agencies(
    text: str, *, within: Agency | None = None, on: date | None = None, limit: int = 20
) -> list[Agency]:
    """Agencies for a picker: every word must occur in the names of the agency or its body; bodies first.

    Only active ones that existed `on` that day (today by default); with `within`, only its subtree.
    """
    words = normalize(text).split()[:10]
    if not words:
        return []
    found = Agency.objects.select_related("body").filter(status=Agency.Status.ACTIVE).exclude(kind=Agency.Kind.NATION)
    for word in words:
        found = found.filter(search_text__contains=word)
    if within is not None:
        found = found.filter(path__startswith=within.path)
    found = in_force(found, on or now().date())
    rows = sorted(
        found.order_by("code")[: MOST_RESULTS * 4], key=lambda agency: (not agency.is_body, len(agency.full_name))
    )
    return rows[: min(limit, MOST_RESULTS)]


@revision_cached
def _default_brand_id() -> int | None:
    return Brand.objects.filter(is_default=True).values_list("pk", flat=True).first()


def default_brand() -> Brand | None:
    """The brand of addresses that belong to no other; None before reference data is loaded."""
    brand_id = _default_brand_id()
    return Brand.objects.select_related("agency").get(pk=brand_id) if brand_id else None


@revision_cached
def _brand_ids_by_host() -> dict[str, int]:
    return {host: pk for host, pk in Brand.objects.values_list("host", "pk") if host}


def brand_of_host(host: str) -> Brand | None:
    """The brand whose address was asked for (a host name, without port), else the default one."""
    brand_id = _brand_ids_by_host().get(host.lower()) or _default_brand_id()
    return Brand.objects.select_related("agency").filter(pk=brand_id).first() if brand_id else None
