"""Report cards for officers: the public figures, each with the cases behind it that this officer may see."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from tanggap.accounts.actor import Actor
from tanggap.cases.policies import cases_visible_to
from tanggap.common.clock import now
from tanggap.common.pagination import keyset_page
from tanggap.console.access import READS_BRIEFS, actor_of, own_agency, own_calendar, with_role
from tanggap.console.pages import page
from tanggap.console.queues import row_of
from tanggap.directory.selectors import agency_by_code, root_agency
from tanggap.evaluation.reporting.choosing import Chosen, chosen_period, offered
from tanggap.evaluation.reporting.page import values_of
from tanggap.evaluation.reporting.sheet import agency_sheet, counts_guarded
from tanggap.evaluation.reporting.units import units_of_body
from tanggap.evaluation.selectors.behind import BEHIND, entries_behind, shown_and_rest

HERE = "console:cards"
SIZE = 25


@with_role(*READS_BRIEFS)
@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    """`/kerja/rapor/`: the card of the own body, or of the agency typed."""
    typed = request.GET.get("instansi", "").replace("\x00", "").strip()
    own = own_agency(actor_of(request))
    code = typed or (own.body or own).code
    return redirect("console:card", code=agency_by_code(code).code)


@with_role(*READS_BRIEFS)
@require_safe
def card(request: HttpRequest, code: str) -> HttpResponse:
    """`/kerja/rapor/<code>/?periode=…`: any agency's, because its figures are public."""
    agency, actor = agency_by_code(code), actor_of(request)
    chosen = _chosen(request, actor)
    sheet = agency_sheet(agency, chosen.period)
    whole = agency.pk == root_agency().pk
    public = reverse("portal:statistics") if whole else reverse("portal:agency", args=[agency.code])

    def behind(slug: str) -> str:
        return reverse("console:behind", args=[agency.code, slug]) + chosen.query

    values: dict[str, Any] = {
        "agency": agency,
        "chosen": chosen,
        "periods": offered(_today(actor), chosen.name),
        "public_url": public + chosen.query,
        "units": units_of_body(agency, chosen.period, sheet.figures.closed_over_total),
        **values_of(sheet, behind),
    }
    return page(request, "rapor/rapor.html", values, here=HERE)


@with_role(*READS_BRIEFS)
@require_safe
def behind(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """`/kerja/rapor/<code>/laporan/<word>?periode=…`: of the cases a figure counts those this officer may see."""
    agency, actor, one = agency_by_code(code), actor_of(request), BEHIND.get(slug)
    if one is None:
        raise Http404
    chosen = _chosen(request, actor)
    entries = entries_behind(agency, chosen.period, one.which, guarded=counts_guarded(agency))
    seen = cases_visible_to(actor).filter(pk__in=entries.values("case_id"))
    shown = keyset_page(
        seen.select_related("agency__body", "region", "category"),
        order=("-received_at", "-id"),
        cursor=request.GET.get("cursor", ""),
        size=SIZE,
    )
    moment = now()
    values = {
        "agency": agency,
        "chosen": chosen,
        "one": one,
        "page": shown,
        "rows": [row_of(case, now=moment) for case in shown.items],
        "counted": shown_and_rest(entries, seen),
        "back": reverse("console:card", args=[agency.code]) + chosen.query,
    }
    return page(request, "rapor/di_balik_angka.html", values, here=HERE)


def _chosen(request: HttpRequest, actor: Actor) -> Chosen:
    return chosen_period(request.GET.get("periode", ""), _today(actor))


def _today(actor: Actor) -> date:
    return now().astimezone(own_calendar(actor).zone).date()
