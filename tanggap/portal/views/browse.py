"""Searching public cases."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tanggap.cases.selectors import snippets
from tanggap.common.pagination import keyset_page
from tanggap.portal.listing import asked_of, choices
from tanggap.portal.rows import rows_of

PAGE = 20


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """`/laporan/`: newest first; filters stand in the address, and what cannot be understood is left aside."""
    asked = asked_of(request.GET)
    page = keyset_page(asked.cases(), order=("-received_at", "-id"), cursor=request.GET.get("cursor", ""), size=PAGE)
    found = snippets([case.pk for case in page.items], asked.filters.text)
    values: dict[str, Any] = {
        "section": "laporan",
        "page": page,
        "rows": rows_of(page.items, snippets=found),
        "asked": asked,
        "filters": asked.filters,
        **choices(),
    }
    return render(request, "portal/telusuri.html", values)
