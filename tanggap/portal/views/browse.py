"""Searching public cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tanggap.cases.selectors import Filters, public_list
from tanggap.cases.vocabulary import ClassificationWord, StateWord
from tanggap.common.clock import now
from tanggap.common.pagination import keyset_page
from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import calendar_of
from tanggap.portal.rows import rows_of

PAGE = 20


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """`/laporan/`: newest first; filters stand in the address, and what cannot be understood is left aside."""
    region = Region.objects.filter(pk=_plain(request.GET, "wilayah", 13)).first()
    agency = Agency.objects.filter(code=_plain(request.GET, "instansi", 64)).first()
    filters = _filters(request.GET, region, agency)
    cases = public_list(filters, now=now(), calendar=calendar_of(None))
    page = keyset_page(cases, order=("-received_at", "-id"), cursor=request.GET.get("cursor", ""), size=PAGE)
    values: dict[str, Any] = {
        "section": "laporan",
        "page": page,
        "rows": rows_of(page.items),
        "filters": filters,
        "region": region,
        "agency": agency,
        "states": _states(),
        "classifications": [choice for choice in ClassificationWord.choices if choice[0] != "supervisory_complaint"],
        "filtered": filters != Filters(),
    }
    return render(request, "portal/telusuri.html", values)


def _states() -> list[tuple[str, Any]]:
    return [(value, label) for value, label in StateWord.choices if value != "unverified"]


def _filters(asked: QueryDict, region: Region | None, agency: Agency | None) -> Filters:
    state, kind = asked.get("keadaan", ""), asked.get("jenis", "")
    return Filters(
        state=state if state in StateWord.values else "",
        classification=kind if kind in ClassificationWord.values else "",
        region=region.pk if region else "",
        agency_id=agency.pk if agency else None,
        text=_plain(asked, "q", 200),
        since=_day(asked.get("sejak", "")),
        until=_day(asked.get("sampai", "")),
    )


def _plain(asked: QueryDict, name: str, longest: int) -> str:
    """A value of the address without what the database cannot hold."""
    return asked.get(name, "").replace("\x00", "")[:longest]


def _day(raw: str) -> date | None:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None
