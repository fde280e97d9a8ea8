"""The public satisfaction survey: answered by link or open code, read by everybody once it is published."""

from __future__ import annotations

import csv
import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.accounts.actor import PUBLIC
from tanggap.accounts.days import local_day
from tanggap.common.clock import now
from tanggap.common.errors import Invalid, Refused
from tanggap.surveys.answer_form import AnswerForm
from tanggap.surveys.doors import link_is_good
from tanggap.surveys.models import Survey
from tanggap.surveys.policies import public_surveys
from tanggap.surveys.selectors.recap import Year, recap_of, recap_rows
from tanggap.surveys.services.answer_survey import Said, answer_survey
from tanggap.surveys.showing import found_in

BROWSER, KEPT_FOR = "survei", 400 * 24 * 3600
EARLIEST, NEWEST = 2017, 200
SECTION = {"section": "statistik"}


def _survey(code: str) -> Survey:
    found = Survey.objects.select_related("service__agency__body").filter(code=code).first()
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """`/survei/<code>/`: by the open code, while it is open; the result once it is published."""
    row = _survey(code)
    if row.state != Survey.State.OPEN:
        return _ended(request, row)
    # The browser's own random number, signed, in a cookie; the survey keeps a keyed digest of it until its close.
    browser = request.get_signed_cookie(BROWSER, default="") or ""
    response = _asked(request, row, {"browser": browser})
    if not browser:
        lasting: dict[str, Any] = {"max_age": KEPT_FOR, "httponly": True, "samesite": "Lax", "path": "/survei/"}
        response.set_signed_cookie(BROWSER, secrets.token_hex(16), secure=request.is_secure(), **lasting)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def personal(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """`/survei/<code>/u/<token>/`: by a link of one's own."""
    row = _survey(code)
    if row.state != Survey.State.OPEN:
        return _ended(request, row)
    if request.method != "POST" and not link_is_good(row, token[:64]):
        values = {"survey": row, "agency": row.service.agency, "spent": True}
        return render(request, "portal/survei/isian.html", {**SECTION, **values}, status=410)
    return _asked(request, row, {"token": token[:64]})


def _ended(request: HttpRequest, row: Survey) -> HttpResponse:
    published = row.state == Survey.State.PUBLISHED
    values = {**SECTION, "survey": row, "agency": row.service.agency, "found": found_in(row) if published else None}
    return render(request, "portal/survei/hasil.html", values)


def _asked(request: HttpRequest, row: Survey, known_by: dict[str, str]) -> HttpResponse:
    form = AnswerForm(request.POST if request.method == "POST" else None)
    trouble, status = "", 200
    if form.is_bound and form.is_valid():
        said = Said(form.ratings, form.told, **known_by)
        try:
            answer_survey(code=row.code, said=said, actor=PUBLIC, now=now())
        except (Invalid, Refused) as error:
            trouble, status = error.message, error.status
        else:
            return redirect("portal:survey-thanks", code=row.code)
    today = local_day(now())
    values = {
        "survey": row,
        "agency": row.service.agency,
        "form": form,
        "trouble": trouble,
        "asking": row.first <= today <= row.last,
        "early": today < row.first,
    }
    return render(request, "portal/survei/isian.html", {**SECTION, **values}, status=422 if form.errors else status)


@require_safe
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """`/survei/<code>/terima-kasih/`."""
    row = _survey(code)
    return render(request, "portal/survei/terima_kasih.html", {**SECTION, "survey": row, "agency": row.service.agency})


def _year(request: HttpRequest) -> Year:
    raw, today = request.GET.get("tahun", ""), local_day(now())
    wanted = int(raw) if raw.isascii() and raw.isdigit() and len(raw) == 4 else today.year
    return Year(wanted if EARLIEST <= wanted <= today.year else today.year)


@require_safe
def recap(request: HttpRequest) -> HttpResponse:
    """`/survei/?tahun=2026`: the country by agency, and the newest results."""
    year = _year(request)
    found = recap_of(year)
    rows = public_surveys().filter(last__gte=year.first, last__lte=year.last)
    code = request.GET.get("instansi", "").replace("\x00", "")[:64]
    if code:
        rows = rows.filter(service__agency__body__code=code)
    newest = list(rows.select_related("service__agency__body")[: NEWEST + 1])
    values = {
        "year": year.year,
        "years": range(local_day(now()).year, EARLIEST - 1, -1),
        "recap": found,
        "chosen": code,
        "surveys": newest[:NEWEST],
        "more": len(newest) > NEWEST,
    }
    return render(request, "portal/survei/rekap.html", {**SECTION, **values})


@require_safe
def recap_csv(request: HttpRequest) -> HttpResponse:
    """`/survei/rekap.csv?tahun=2026`."""
    year = _year(request)
    disposition = f'attachment; filename="skm-{year.year}.csv"'
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})
    csv.writer(response).writerows(recap_rows(recap_of(year)))
    return response
