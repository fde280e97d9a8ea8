"""Searching public cases, also by where the reader stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanggap.cases.selectors import snippets
from tanggap.common.pagination import keyset_page
from tanggap.directory.boundaries import regency_at
from tanggap.directory.models import Region
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


@require_POST
def nearby(request: HttpRequest) -> HttpResponse:
    """`/laporan/dekat/?…`: the same list, of the regency or city in which the reader stands.

    The position comes in the body and ends here: no address, and so no log and no history, ever holds it.
    """
    asked = asked_of(request.GET)
    try:
        code = regency_at(float(request.POST.get("latitude", "")), float(request.POST.get("longitude", "")))
    except ValueError:
        code = None
    region = Region.objects.filter(pk=code).first() if code else None
    if region is None:
        messages.info(request, _("Kami tidak mengenali wilayah tempat Anda berada. Tuliskan namanya di kotak Wilayah."))
        return redirect(f"{reverse('portal:browse')}?{asked.address()}")
    return redirect(f"{reverse('portal:browse')}?{replace(asked, region=region).address()}")
