"""What will be done about a result, and how far it got."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tanggap.common.clock import now
from tanggap.common.errors import Invalid, Refused
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import page
from tanggap.console.survey_forms import PlanForm, ProgressForm
from tanggap.console.views.surveys.survey import HERE, own_survey, survey_page
from tanggap.surveys.models import FollowUp
from tanggap.surveys.policies import RUNS_SURVEYS, surveys_of
from tanggap.surveys.questions import BY_SLUG
from tanggap.surveys.services.plan_follow_up import plan_follow_up
from tanggap.surveys.services.update_follow_up import update_follow_up


@with_role(*RUNS_SURVEYS)
@require_POST
def add(request: HttpRequest, code: str) -> HttpResponse:
    """One more thing to do."""
    row, form = own_survey(request, code), PlanForm(request.POST)
    if not form.is_valid():
        return survey_page(request, row, plan=form)
    try:
        plan_follow_up(code=code, actor=actor_of(request), now=now(), **form.cleaned_data)
    except (Invalid, Refused) as error:
        show_refusal(form, error)
        return survey_page(request, row, plan=form)
    messages.success(request, _("Ditambahkan ke rencana tindak lanjut."))
    return redirect("console:survey", code=code)


@with_role(*RUNS_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, item_id: int) -> HttpResponse:
    """`/kerja/survei/rencana/<id>/`: its progress."""
    actor = actor_of(request)
    mine = FollowUp.objects.filter(survey__in=surveys_of(actor.through(*RUNS_SURVEYS)))
    item = get_object_or_404(mine.select_related("survey__service__agency__body"), pk=item_id)
    start = {"progress": item.progress, "note": item.note}
    form = ProgressForm(request.POST if request.method == "POST" else None, initial=start, auto_id="%s")
    if form.is_bound and form.is_valid():
        update_follow_up(item_id=item.pk, actor=actor, now=now(), **form.cleaned_data)
        messages.success(request, _("Kemajuan dicatat."))
        return redirect("console:survey", code=item.survey.code)
    values = {"item": item, "survey": item.survey, "form": form, "element": BY_SLUG[item.element].name}
    return page(request, "survei/kemajuan.html", values, here=HERE, status=422 if form.errors else 200)
