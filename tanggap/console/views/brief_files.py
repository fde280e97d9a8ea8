"""The brief on paper and as a table, and whether it comes by message."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanggap.common.charts.chart import as_csv
from tanggap.common.clock import now
from tanggap.console.access import READS_BRIEFS, actor_of, with_role
from tanggap.console.views.brief import asked_of
from tanggap.evaluation.brief_showing import shown
from tanggap.evaluation.reporting.brief_paper import brief_pdf
from tanggap.evaluation.selectors.briefs.keeping import brief_seen
from tanggap.evaluation.services.send_briefs import RECEIVES
from tanggap.evaluation.services.set_brief_wish import set_brief_wish


@with_role(*READS_BRIEFS)
@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """The brief on A4."""
    scope, window = asked_of(request)
    brief, _copy = brief_seen(scope, window, now=now())
    name = f"ringkasan-{scope.agency.code.replace('/', '-')}-{window.first}.pdf"
    made = brief_pdf(shown(scope, brief), zone=scope.zone)
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@with_role(*READS_BRIEFS)
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """The topics of a brief as CSV, those that rise first, with their range and the windows before."""
    scope, window = asked_of(request)
    brief, _copy = brief_seen(scope, window, now=now())
    heads = ("kategori", "nama", "laporan", "sebelumnya", "biasanya_dari", "biasanya_sampai", "di_atas", "deret")
    rows = {one.key: one for one in (*brief.rising, *brief.topics)}.values()
    lines = [
        (
            one.key, one.name, one.now, one.before, one.usual.low, one.usual.high, int(one.rising),
            " ".join(str(n) for n in one.shown),
        )
        for one in rows
    ]  # fmt: skip
    name = f"topik-{scope.agency.code.replace('/', '-')}-{window.first}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_csv(heads, lines), content_type="text/csv; charset=utf-8", headers=headers)


@with_role(*RECEIVES)
@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Turn the letters on or off."""
    weekly, monthly = (request.POST.get(name) == "on" for name in ("weekly", "monthly"))
    set_brief_wish(weekly=weekly, monthly=monthly, actor=actor_of(request), now=now())
    messages.success(request, _("Tersimpan."))
    return redirect("console:brief")
