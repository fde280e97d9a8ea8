"""Agencies: found by name, and each with its figures and cases."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tanggap.cases.policies import public_cases
from tanggap.common.clock import now
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_code, search_agencies, units_of
from tanggap.portal.figures import agency_figures
from tanggap.portal.rows import rows_of

NEWEST, MOST_FOUND = 10, 30


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/instansi/?q=…`."""
    query = request.GET.get("q", "").replace("\x00", "")[:120]
    found = search_agencies(query, limit=MOST_FOUND) if query.strip() else []
    return render(request, "portal/cari_instansi.html", {"section": "instansi", "query": query, "found": found})


@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """`/instansi/<code>/`: an agency's figures of the last year, its units and its newest public cases."""
    body = agency_by_code(code)
    if body.code != code:
        return redirect("portal:agency", code=body.code)
    if body.kind == Agency.Kind.NATION:
        raise Http404
    owned = public_cases().filter(body=body) if body.is_body else public_cases().filter(agency=body)
    newest = owned.select_related("agency__body", "region").order_by("-received_at", "-id")[:NEWEST]
    values = {
        "section": "instansi",
        "agency": body,
        "figures": agency_figures(body, now()),
        "units": units_of(body) if body.is_body else [],
        "rows": rows_of(newest),
    }
    return render(request, "portal/instansi.html", values)
