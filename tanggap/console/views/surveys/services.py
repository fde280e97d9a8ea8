"""`/kerja/survei/`: the services of one's agencies, each with its surveys."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tanggap.common.clock import now
from tanggap.common.errors import Invalid, Refused
from tanggap.common.pagination import keyset_page
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import page
from tanggap.console.survey_forms import OpenForm, ServiceForm
from tanggap.surveys.models import Survey
from tanggap.surveys.policies import ENTERS_PAPER, RUNS_SURVEYS, services_of, surveys_of
from tanggap.surveys.services.end_service import end_service
from tanggap.surveys.services.make_service import make_service
from tanggap.surveys.services.open_survey import open_survey

HERE = "console:surveys"
SIZE, MOST_OPEN = 50, 100


@with_role(*ENTERS_PAPER)
@require_http_methods(["GET", "HEAD", "POST"])
def services(request: HttpRequest) -> HttpResponse:
    """What is open now, every service, and the form for a new one."""
    actor = actor_of(request)
    runs = actor.has_role(*RUNS_SURVEYS)
    form = ServiceForm(request.POST if request.method == "POST" else None, actor=actor) if runs else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            made = make_service(actor=actor, now=now(), **form.cleaned_data)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Layanan “%(name)s” ditambahkan. Sekarang buka surveinya.") % {"name": made})
            return redirect("console:survey-service", service_id=made.pk)
    listed: dict[str, Any] = {"services": None}
    if runs:
        newest = Prefetch("surveys", queryset=Survey.objects.order_by("-last", "-id"))
        rows = services_of(actor).select_related("agency__body").prefetch_related(newest)
        listed["services"] = keyset_page(rows, order=("name", "id"), cursor=request.GET.get("cursor", ""), size=SIZE)
    opened = surveys_of(actor).filter(state=Survey.State.OPEN).select_related("service__agency__body")
    values = {**listed, "form": form, "opened": opened[:MOST_OPEN]}
    status = 422 if form is not None and form.errors else 200
    return page(request, "survei/layanan.html", values, here=HERE, status=status)


@with_role(*RUNS_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, service_id: int) -> HttpResponse:
    """One service: its surveys, and the form that opens the next."""
    actor = actor_of(request)
    row = get_object_or_404(services_of(actor).select_related("agency__body"), pk=service_id)
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = open_survey(service=row, actor=actor, now=now(), **form.cleaned_data)
        except (Invalid, Refused) as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Survei dibuka. Cetak poster atau buat tautannya di bawah."))
            return redirect("console:survey", code=made.code)
    surveys = list(row.surveys.all()[:SIZE])
    values = {"service": row, "surveys": surveys, "form": form, "open": any(one.state == "open" for one in surveys)}
    return page(request, "survei/layanan_satu.html", values, here=HERE, status=422 if form.errors else 200)


@with_role(*RUNS_SURVEYS)
@require_POST
def end(request: HttpRequest, service_id: int) -> HttpResponse:
    """The service is no longer given: nobody is reminded of it."""
    try:
        ended = end_service(service_id=service_id, actor=actor_of(request), now=now())
    except Refused as error:
        messages.error(request, error.message)
        return redirect("console:survey-service", service_id=service_id)
    messages.success(request, _("Layanan “%(name)s” diakhiri; hasil surveinya tetap.") % {"name": ended})
    return redirect("console:surveys")
