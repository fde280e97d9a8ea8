"""`/kerja/latihan/`: begin, the ten exercises, end."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanggap.accounts.selectors.practice import practised_by
from tanggap.cases.models import Case
from tanggap.common.clock import now
from tanggap.common.errors import Refused
from tanggap.console.access import actor_of, officer
from tanggap.console.pages import page
from tanggap.console.training.days import let_a_day_pass
from tanggap.console.training.exercises import BY_SLUG, EXERCISES
from tanggap.console.training.serving import SESSION_KEY, is_training
from tanggap.console.training.stage import BODY, cases_of, set_out

HERE = "console:training"


@dataclass(frozen=True)
class ExerciseLine:
    """One exercise as the page shows it; `case` only in training."""

    slug: str
    title: Promise
    task: Promise
    done: bool
    case: Case | None


@officer
@require_safe
def training(request: HttpRequest) -> HttpResponse:
    """The exercises: outside training what was done so far; inside also the case of each."""
    inside, person_id = is_training(request), actor_of(request).person_id
    assert person_id is not None
    done, cases = practised_by(person_id), cases_of(person_id) if inside else {}
    lines = [ExerciseLine(one.slug, one.title, one.task, one.slug in done, cases.get(one.slug)) for one in EXERCISES]
    values = {"lines": lines, "inside": inside, "moment": now(), "done": len(done), "all": len(EXERCISES)}
    return page(request, "latihan.html", values, here=HERE)


@officer
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """From now on this session is in the sandbox."""
    request.session[SESSION_KEY] = True
    return redirect("console:training")


@officer
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Back to the real cases."""
    request.session.pop(SESSION_KEY, None)
    return redirect("console:training")


@officer
@require_POST
def next_day(request: HttpRequest) -> HttpResponse:
    """A working day passes for this trainee: what was due is sent within the sandbox, who was asked answers."""
    person_id = actor_of(request).person_id
    if person_id is None or not is_training(request):
        raise Http404
    try:
        day = let_a_day_pass(person_id=person_id, body=BODY, now=now())
    except Refused as error:
        messages.warning(request, error.message)
        return redirect("console:training")
    messages.info(
        request,
        _("Satu hari kerja berlalu: %(steps)s pemberitahuan dan pengingat, %(replies)s balasan pelapor.")
        % {"steps": day.steps, "replies": day.replies},
    )
    return redirect("console:training")


@officer
@require_POST
def fresh(request: HttpRequest, exercise: str) -> HttpResponse:
    """A case for this exercise, the first or one more."""
    found = BY_SLUG.get(exercise)
    person_id = actor_of(request).person_id
    if found is None or person_id is None or not is_training(request):
        raise Http404
    case = set_out(found, person_id=person_id, now=now())
    messages.info(request, str(found.task))
    return redirect("console:case", number=case.tracking_id)
