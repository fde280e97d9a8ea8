"""The public ranking: the frozen one, else the standing of today marked as provisional; and what if."""

from __future__ import annotations

import csv

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tanggap.accounts.days import local_day
from tanggap.common.clock import now
from tanggap.evaluation.freezing import part_of
from tanggap.evaluation.models import PeriodContent
from tanggap.evaluation.ranking_pages import address, download, ranking_page, simulator_page
from tanggap.evaluation.showing import Shown, public_periods, shown_ranking, wanted_of

# The figures of a period are not among them: their small cells are for open data to weigh.
PARTS = {
    "kartu-nilai": PeriodContent.Part.SCORECARD,
    "ukuran": PeriodContent.Part.BODIES,
    "peringkat": PeriodContent.Part.RANKING,
    "definisi": PeriodContent.Part.DEFINITIONS,
}


@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    """`/peringkat/?kelompok=regency&wilayah=33&masa=2024`."""
    values = ranking_page(request.GET.dict(), public_periods(), local_day(now()))
    return render(request, "portal/peringkat/peringkat.html", {"section": "statistik", **values})


@require_safe
def simulate(request: HttpRequest) -> HttpResponse:
    """`/peringkat/simulasi/?…&w-speed=50`: the weights stand in the address."""
    values = simulator_page(request.GET.dict(), public_periods(), local_day(now()))
    return render(request, "portal/peringkat/simulasi.html", {"section": "statistik", **values})


def _shown(request: HttpRequest) -> Shown:
    return shown_ranking(wanted_of(request.GET.dict(), public_periods(), local_day(now())))


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The whole ranking of an address."""
    shown = _shown(request)
    name = f"peringkat-{shown.wanted.group}-{shown.wanted.name}.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
    csv.writer(response).writerows(download(shown))
    return response


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """The same lines as the command prints, with what they are of."""
    shown = _shown(request)
    wanted = shown.wanted
    content = {
        "group": wanted.group.value,
        "within": wanted.within.pk if wanted.within else None,
        "period": wanted.name,
        "from": wanted.period.first.isoformat(),
        "to": wanted.period.last.isoformat(),
        "state": wanted.kept.state if wanted.kept else "provisional",
        "as_of": shown.as_of.isoformat() if shown.as_of else None,
        "minimum_n": shown.scorecard.minimum_n,
        "page": f"{request.build_absolute_uri('/peringkat/')}?{address(wanted)}",
        "ranking": [line.as_json() for line in shown.lines],
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def part(request: HttpRequest, period: str, part: str) -> HttpResponse:
    """`/peringkat/masa/<name>/<part>.json`: the manifest, and the parts exactly as they were hashed."""
    row = public_periods().filter(name=period).first()
    if row is None or (part != "manifes" and part not in PARTS):
        raise Http404
    if part != "manifes":
        return HttpResponse(part_of(row, PARTS[part]), content_type="application/json")
    signature = bytes(row.signature or b"").hex()
    return HttpResponse(_signed(row.manifest, signature), content_type="application/json")


def _signed(manifest: str, signature: str) -> str:
    """The manifest byte for byte as it was signed, so that nobody has to guess how to write it."""
    return f'{{"signature":"{signature}","signed":{manifest}}}'
