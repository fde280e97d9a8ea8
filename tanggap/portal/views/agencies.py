"""Agencies: found by name, and each with its report card and its newest public cases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tanggap.cases.policies import public_cases
from tanggap.common.charts import Chart
from tanggap.common.clock import now
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_code, calendar_of, search_agencies, units_of
from tanggap.evaluation.mass import mass_submissions
from tanggap.evaluation.reporting.choosing import Chosen, chosen_period, offered
from tanggap.evaluation.reporting.page import Address, Row, charts_of, kept_drawings, values_of
from tanggap.evaluation.reporting.sheet import Sheet, agency_sheet
from tanggap.evaluation.reporting.units import units_of_body
from tanggap.evaluation.showing import public_periods
from tanggap.portal.rows import rows_of

NEWEST, MOST_FOUND = 10, 30


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/instansi/?q=…`."""
    query = request.GET.get("q", "").replace("\x00", "")[:120]
    found = search_agencies(query, limit=MOST_FOUND) if query.strip() else []
    return render(request, "portal/cari_instansi.html", {"section": "instansi", "query": query, "found": found})


def public_agency(code: str) -> Agency:
    """The agency of an address; the nation has `/statistik/`. Raises NotFound, Http404."""
    found = agency_by_code(code)
    if found.kind == Agency.Kind.NATION:
        raise Http404
    return found


def chosen_of(request: HttpRequest, agency: Agency) -> Chosen:
    """The period of the address, by today's date where the agency is."""
    return chosen_period(request.GET.get("periode", ""), now().astimezone(calendar_of(agency.pk).zone).date())


def behind_of(agency: Agency, chosen: Chosen) -> Address:
    """Where the public cases behind a figure are listed."""
    return lambda slug: reverse("portal:behind", args=[agency.code, slug]) + chosen.query


@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """`/instansi/<code>/?periode=…`: the report card, with its charts, and the newest public cases."""
    body = public_agency(code)
    if body.code != code:
        return redirect("portal:agency", code=body.code)
    chosen = chosen_of(request, body)
    sheet = agency_sheet(body, chosen.period)
    values = values_of(sheet, behind_of(body, chosen))
    owned = public_cases().filter(body=body) if body.is_body else public_cases().filter(agency=body)
    newest = owned.select_related("agency__body", "region").order_by("-received_at", "-id")[:NEWEST]
    values |= {
        "section": "instansi",
        "agency": body,
        "chosen": chosen,
        "periods": offered(now().astimezone(calendar_of(body.pk).zone).date(), chosen.name),
        **_drawn(body, chosen, sheet, values["rows"]),
        "downloads": [(kind.upper(), reverse("portal:card", args=[body.code, kind]) + chosen.query) for kind in KINDS],
        "below": units_of(body) if body.is_body else [],
        "mass": mass_submissions(body, chosen.period),
        "kept": public_periods().filter(name=chosen.period.name).first(),
        "newest": rows_of(newest),
    }
    return render(request, "portal/instansi.html", values)


def _drawn(body: Agency, chosen: Chosen, sheet: Sheet, rows: Sequence[Row]) -> dict[str, Any]:
    """What is drawn from the figures, asked for only when the drawing is not kept.

    Never a list of cases: one may have become secret, or its reporter pressed, and no figure tells of it.
    """
    return {
        **kept_drawings(sheet, rows, chosen.query),
        "charts": cache(lambda: _charts(body, chosen, sheet)),
        "units": cache(lambda: units_of_body(body, chosen.period, sheet.figures.closed_over_total)),
    }


def _charts(body: Agency, chosen: Chosen, sheet: Sheet) -> list[tuple[Chart, str]]:
    return [
        (one, reverse("portal:agency-chart", args=[body.code, one.slug]) + chosen.query) for one in charts_of(sheet)
    ]


KINDS = ("pdf", "csv", "json")
