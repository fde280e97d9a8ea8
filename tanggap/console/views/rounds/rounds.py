"""`/kerja/evaluasi/`: rounds and their steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.common.clock import now
from tanggap.common.errors import Forbidden, NotFound, TanggapError
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import ROUNDS, page
from tanggap.console.round_forms import GROUPS, RoundForm
from tanggap.evaluation.minutes import minutes_pdf
from tanggap.evaluation.models import Round
from tanggap.evaluation.results import agreement_in, brought, loaded, quality_of, unread_cases
from tanggap.evaluation.round_policies import (
    agencies_evaluating,
    bodies_visible_to,
    evaluates,
    rounds_visible_to,
    sees_all,
)
from tanggap.evaluation.services.draw_samples import draw_samples
from tanggap.evaluation.services.finish_round import finish_round
from tanggap.evaluation.services.open_objections import open_objections
from tanggap.evaluation.services.open_round import Plan, open_round

HERE = "console:rounds"
MOST_SHOWN = 60
STEPS = {
    Round.State.COLLECTING: ("draw", draw_samples),
    Round.State.READING: ("show", open_objections),
    Round.State.OBJECTION: ("finish", finish_round),
}


@with_role(*ROUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round the actor has to do with, and a new one."""
    actor = actor_of(request)
    agencies = agencies_evaluating(actor)
    form = RoundForm(request.POST if request.method == "POST" and agencies else None, agencies=agencies)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        names = ("name", "group", "within", "period", "sample_size", "objection_days")
        plan = Plan(**{name: given[name] for name in names})
        try:
            row = open_round(agency=form.agencies[given["agency"]], plan=plan, actor=actor, now=now())
        except (Forbidden, NotFound):
            raise
        except TanggapError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Putaran dibuka; instansi dapat mengunggah buktinya."))
            return redirect("console:round", round_id=row.pk)
    shown = rounds_visible_to(actor).select_related("agency")[:MOST_SHOWN]
    values = {"rounds": shown, "form": form if agencies else None}
    return page(request, "evaluasi/putaran.html", values, here=HERE, status=422 if form.errors else 200)


def own_round(request: HttpRequest, round_id: int) -> Round:
    """A round the actor may know of. Raises Http404."""
    return get_object_or_404(rounds_visible_to(actor_of(request)).select_related("agency"), pk=round_id)


@with_role(*ROUNDS)
@require_safe
def round_(request: HttpRequest, round_id: int) -> HttpResponse:
    """One round: its bodies with what was found, and the step that comes next."""
    actor, row = actor_of(request), own_round(request, round_id)
    mine = set(bodies_visible_to(actor, row).values_list("pk", flat=True))
    bodies = [body for body in loaded(row) if body.pk in mine]
    everything = sees_all(actor, row)
    shown = everything or row.state in (Round.State.OBJECTION, Round.State.FINAL)
    lines = []
    for body in bodies:
        quality, n = quality_of(body) if shown else (None, 0)
        accepted = sum(one.state == "accepted" for one in brought(body).values())
        lines.append(
            {"body": body, "accepted": accepted, "quality": quality, "n": n, "sampled": len(body.sample.all())}
        )
    values: dict[str, Any] = {
        "round": row,
        "lines": lines,
        "group": dict(GROUPS).get(row.group, row.group),
        "everything": everything,
        "agreement": agreement_in(bodies)
        if everything and row.state in (Round.State.OBJECTION, Round.State.FINAL)
        else None,
        "unread": unread_cases(row) if everything and row.state == Round.State.READING else 0,
        "step": STEPS.get(Round.State(row.state), ("", None))[0] if evaluates(actor, row.agency_id) else "",
        "now": now(),
    }
    return page(request, "evaluasi/satu.html", values, here=HERE)


@with_role(*ROUNDS)
@require_POST
def step(request: HttpRequest, round_id: int) -> HttpResponse:
    """The next step of a round, as its page named it: a page that is out of date takes none."""
    actor, row = actor_of(request), own_round(request, round_id)
    name, service = STEPS.get(Round.State(row.state), ("", None))
    if service is None or request.POST.get("langkah") != name:
        messages.error(request, _("Putaran ini sudah berubah. Periksa keadaannya dan coba lagi."))
        return redirect("console:round", round_id=row.pk)
    try:
        service(round_id=row.pk, actor=actor, now=now())
    except (Forbidden, NotFound):
        raise
    except TanggapError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Tersimpan."))
    return redirect("console:round", round_id=row.pk)


@with_role(*ROUNDS)
@require_safe
def minutes(request: HttpRequest, round_id: int) -> HttpResponse:
    """The minutes of a finished round, for whoever sees all of it."""
    row = own_round(request, round_id)
    if row.state != Round.State.FINAL or not sees_all(actor_of(request), row):
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="berita-acara-{row.pk}.pdf"'}
    return HttpResponse(minutes_pdf(row), content_type="application/pdf", headers=headers)
