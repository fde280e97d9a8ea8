"""How the country, a province or a regency is answered."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tanggap.common.charts import Chart
from tanggap.common.clock import now
from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import calendar_of, children_of, government_of, region_label, root_agency
from tanggap.evaluation.definitions import DEFINITIONS
from tanggap.evaluation.reporting import geography
from tanggap.evaluation.reporting.charts import CHARTS
from tanggap.evaluation.reporting.choosing import Chosen, chosen_period, offered
from tanggap.evaluation.reporting.national import cases_a_day, kind_lines
from tanggap.evaluation.reporting.page import Address, chart_names, charts_of, kept_drawings, material_of, values_of
from tanggap.evaluation.reporting.sheet import Sheet, agency_sheet, region_sheet
from tanggap.portal.views.card_files import chart_file
from tanggap.portal.views.places import address_of, asked_region


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """`/statistik/?periode=…&wilayah=…`."""
    root = root_agency()
    today = now().astimezone(calendar_of(root.pk).zone).date()
    region, misread = asked_region(request)
    chosen = chosen_period(request.GET.get("periode", ""), today)
    sheet = _sheet(root, region, chosen)
    kinds = [] if region else kind_lines(today)
    figures, shown = sheet.figures, values_of(sheet, _behind(region, chosen))
    values: dict[str, Any] = {
        "section": "statistik",
        "root": root,
        "region": region,
        "region_words": region_label(region) if region else "",
        "region_misread": misread,
        "chosen": chosen,
        "periods": offered(today, chosen.name),
        "provinces": children_of(None),
        "below": children_of(region.code) if region and not region.code.count(".") else [],
        "government": government_of(region.code) if region else None,
        **shown,
        "a_day": cases_a_day(figures, chosen.period, today),
        "forwarded_share": figures.forwarded_within_3 / figures.total if figures.total else None,
        "followed_share": figures.followed_up_within_10 / figures.total if figures.total else None,
        "kinds": kinds,
        "connected": sum(line.connected for line in kinds),
        "active": sum(line.active for line in kinds),
        **kept_drawings(sheet, shown["rows"], chosen.query),
        "maps": lambda: [(one, _csv(one.slug, region, chosen)) for one in _maps(region, chosen)],
        "charts": lambda: [(one, _csv(one.slug, region, chosen)) for one in charts_of(sheet)],
    }
    return render(request, "portal/statistik.html", values)


@require_safe
def chart(request: HttpRequest, slug: str) -> HttpResponse:
    """`/statistik/grafik/<chart>.csv?periode=…&wilayah=…`."""
    root = root_agency()
    region, _misread = asked_region(request)
    chosen = chosen_period(request.GET.get("periode", ""), now().astimezone(calendar_of(root.pk).zone).date())
    of = region.code if region else root.code
    for one in _maps(region, chosen) if slug.startswith("peta") else ():
        if one.slug == slug:
            return chart_file(one, of, chosen.period.name)
    if slug not in CHARTS or slug not in chart_names(region or root):
        raise Http404
    return chart_file(CHARTS[slug](material_of(_sheet(root, region, chosen))), of, chosen.period.name)


@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """`/statistik/definisi/`: every figure, as the code has it."""
    return render(request, "portal/definisi.html", {"section": "statistik", "definitions": DEFINITIONS})


def _behind(region: Region | None, chosen: Chosen) -> Address:
    """Where the public cases behind a figure are listed."""
    return lambda slug: address_of("portal:behind-everywhere", [slug], region.code if region else "", chosen)


def _sheet(root: Agency, region: Region | None, chosen: Chosen) -> Sheet:
    return region_sheet(region, chosen.period) if region else agency_sheet(root, chosen.period)


def _maps(region: Region | None, chosen: Chosen) -> list[Chart]:
    def address(code: str) -> str:
        return address_of("portal:statistics", [], code, chosen)

    if region is None:
        return [geography.by_province(chosen.period, address), geography.by_regency(chosen.period, address)]
    return [geography.by_regency(chosen.period, address, region.code[:2])]


def _csv(slug: str, region: Region | None, chosen: Chosen) -> str:
    return address_of("portal:statistics-chart", [slug], region.code if region else "", chosen)
