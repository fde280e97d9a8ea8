"""The public cases behind a figure of a report card, of a body or of a place."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.cases.policies import public_cases
from tanggap.common.pagination import keyset_page
from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import root_agency
from tanggap.evaluation.reporting.choosing import Chosen
from tanggap.evaluation.reporting.sheet import counts_guarded
from tanggap.evaluation.selectors.behind import BEHIND, entries_behind, shown_and_rest
from tanggap.portal.rows import rows_of
from tanggap.portal.views.agencies import chosen_of, public_agency
from tanggap.portal.views.places import address_of, asked_region

PAGE = 20


@require_safe
def behind(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """`/instansi/<code>/laporan/<word>?periode=…`: those that everybody may read; the others are told as a number."""
    body = public_agency(code)
    chosen = chosen_of(request, body)
    back = reverse("portal:agency", args=[body.code]) + chosen.query
    return _list(request, slug, body, chosen, (back, _("Rapor %(name)s") % {"name": body.full_name}))


@require_safe
def behind_everywhere(request: HttpRequest, slug: str) -> HttpResponse:
    """`/statistik/laporan/<word>?periode=…&wilayah=…`: the same for a place, or for the whole instance."""
    root = root_agency()
    region, _misread = asked_region(request)
    chosen = chosen_of(request, root)
    back = address_of("portal:statistics", [], region.code if region else "", chosen)
    return _list(request, slug, region or root, chosen, (back, _("Statistik")))


def _list(request: HttpRequest, slug: str, of: Agency | Region, chosen: Chosen, back: tuple[str, str]) -> HttpResponse:
    """Anonymous cases are told as a number too: here they stand beside what is known of their office and time."""
    one = BEHIND.get(slug)
    if one is None:
        raise Http404
    guarded = isinstance(of, Region) or counts_guarded(of)
    entries = entries_behind(of, chosen.period, one.which, guarded=guarded)
    shown = public_cases().filter(pk__in=entries.values("case_id"), anonymous=False)
    page = keyset_page(
        shown.select_related("agency__body", "region"),
        order=("-received_at", "-id"),
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    values = {
        "section": "instansi" if isinstance(of, Agency) else "statistik",
        "of_words": of.full_name if isinstance(of, Agency) else of.name,
        "chosen": chosen,
        "one": one,
        "page": page,
        "rows": rows_of(page.items),
        "counted": shown_and_rest(entries, shown),
        "back": back,
    }
    return render(request, "portal/di_balik_angka.html", values)
