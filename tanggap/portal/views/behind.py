"""The public cases behind a figure of a report card."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tanggap.cases.policies import public_cases
from tanggap.common.pagination import keyset_page
from tanggap.evaluation.reporting.sheet import counts_guarded
from tanggap.evaluation.selectors.behind import BEHIND, entries_behind, shown_and_rest
from tanggap.portal.rows import rows_of
from tanggap.portal.views.agencies import chosen_of, public_agency

PAGE = 20


@require_safe
def behind(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """`/instansi/<code>/laporan/<word>?periode=…`: those that everybody may read; the others are told as a number.

    Anonymous ones are told as a number too: here they stand beside what is known of their office and time.
    """
    body, one = public_agency(code), BEHIND.get(slug)
    if one is None:
        raise Http404
    chosen = chosen_of(request, body)
    entries = entries_behind(body, chosen.period, one.which, guarded=counts_guarded(body))
    shown = public_cases().filter(pk__in=entries.values("case_id"), anonymous=False)
    page = keyset_page(
        shown.select_related("agency__body", "region"),
        order=("-received_at", "-id"),
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    values = {
        "section": "instansi",
        "agency": body,
        "chosen": chosen,
        "one": one,
        "page": page,
        "rows": rows_of(page.items),
        "counted": shown_and_rest(entries, shown),
        "back": reverse("portal:agency", args=[body.code]) + chosen.query,
    }
    return render(request, "portal/di_balik_angka.html", values)
