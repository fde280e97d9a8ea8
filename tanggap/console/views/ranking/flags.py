"""Signs that a body's figures were made rather than earned, with the cases behind them. None is a verdict."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from tanggap.common.clock import now
from tanggap.common.pagination import keyset_page
from tanggap.console.access import actor_of, own_calendar, with_role
from tanggap.console.pages import JUDGES, page
from tanggap.console.queues import row_of
from tanggap.console.views.ranking.periods import HERE
from tanggap.evaluation.flags import MOST_SHOWN, cases_behind, flag_of, flags_of
from tanggap.evaluation.models import Flag, RankedPeriod

A_PAGE = 25


@with_role(*JUDGES)
@require_safe
def flags(request: HttpRequest, period: str) -> HttpResponse:
    """`/kerja/peringkat/masa/<name>/tanda/`."""
    row = get_object_or_404(RankedPeriod, name=period)
    values = {
        "period": row,
        "flags": flags_of(row, actor_of(request)),
        "most": MOST_SHOWN,
        "more": Flag.objects.filter(period=row).count() > MOST_SHOWN,
    }
    return page(request, "peringkat/tanda.html", values, here=HERE)


@with_role(*JUDGES)
@require_safe
def flag(request: HttpRequest, flag_id: int) -> HttpResponse:
    """`/kerja/peringkat/tanda/<number>/`: the cases behind one flag."""
    actor, moment = actor_of(request), now()
    found = flag_of(flag_id, actor)
    if found is None:
        raise Http404
    cases = cases_behind(found, actor).select_related("agency__body", "region", "category")
    shown = keyset_page(cases, order=("-received_at", "-id"), cursor=request.GET.get("cursor", ""), size=A_PAGE)
    values = {
        "flag": found,
        "rows": [row_of(case, now=moment) for case in shown.items],
        "page": shown,
        "now": moment,
        "zone": own_calendar(actor).zone,
    }
    return page(request, "peringkat/tanda_satu.html", values, here=HERE)
