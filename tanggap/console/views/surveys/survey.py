"""One survey: how far it is, its links, and the steps to its end."""

from __future__ import annotations

import csv
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from tanggap.common.clock import now
from tanggap.common.errors import Invalid, Refused
from tanggap.common.links import absolute
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import page
from tanggap.console.survey_forms import LinksForm, PlanForm
from tanggap.surveys.models import Channel, Survey
from tanggap.surveys.policies import ENTERS_PAPER, RUNS_SURVEYS, may_run, surveys_of
from tanggap.surveys.rules import policy_on
from tanggap.surveys.services.close_survey import close_survey
from tanggap.surveys.services.make_links import make_links
from tanggap.surveys.services.publish_survey import publish_survey
from tanggap.surveys.showing import found_in, traits_of

HERE = "console:surveys"


def own_survey(request: HttpRequest, code: str) -> Survey:
    """The survey of an address. Raises Http404 for one the actor has nothing to do with."""
    found = surveys_of(actor_of(request)).select_related("service__agency__body").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def survey_page(
    request: HttpRequest, row: Survey, *, plan: PlanForm | None = None, links: LinksForm | None = None
) -> HttpResponse:
    """The page of one survey, with a form as it was sent where something has to be mended."""
    runs = may_run(actor_of(request), row.service.agency)
    answered = row.links.filter(used=True).count() if runs else 0
    values: dict[str, Any] = {
        "survey": row,
        "agency": row.service.agency,
        "runs": runs,
        "found": found_in(row) if runs else None,
        "traits": traits_of(row) if runs and row.state != Survey.State.OPEN else [],
        "fewest": policy_on(row.last).fewest_shown,
        "plan_form": plan or PlanForm(),
        "links_form": links or LinksForm(auto_id="%s"),
        "links_made": row.links.count() if runs else 0,
        "links_used": answered,
        "address": absolute(reverse("portal:survey", args=[row.code])),
    }
    wrong = (plan is not None and plan.errors) or (links is not None and links.errors)
    return page(request, "survei/survei.html", values, here=HERE, status=422 if wrong else 200)


@with_role(*ENTERS_PAPER)
@require_safe
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """`/kerja/survei/<code>/`."""
    return survey_page(request, own_survey(request, code))


@with_role(*RUNS_SURVEYS)
@require_POST
def step(request: HttpRequest, code: str) -> HttpResponse:
    """Close it, or publish it."""
    own_survey(request, code)
    actor, wanted = actor_of(request), request.POST.get("langkah", "")
    try:
        if wanted == "close":
            close_survey(code=code, actor=actor, now=now())
            messages.success(request, _("Survei ditutup dan dihitung. Tulis rencana tindak lanjutnya, lalu terbitkan."))
        elif wanted == "publish":
            publish_survey(code=code, actor=actor, now=now())
            messages.success(request, _("Hasil dan rencana sudah terbit untuk umum."))
        else:
            messages.error(request, _("Langkah itu tidak ada. Tidak ada yang diubah."))
    except Refused as error:
        messages.error(request, error.message)
    return redirect("console:survey", code=code)


@with_role(*RUNS_SURVEYS)
@require_POST
def links(request: HttpRequest, code: str) -> HttpResponse:
    """New personal links as a table to download: told this once, kept as digests only."""
    row, form = own_survey(request, code), LinksForm(request.POST, auto_id="%s")
    if not form.is_valid():
        return survey_page(request, row, links=form)
    try:
        tokens = make_links(code=code, actor=actor_of(request), now=now(), **form.cleaned_data)
    except Invalid as error:
        show_refusal(form, error)
        return survey_page(request, row, links=form)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("console:survey", code=code)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tautan-{row.code}.csv"'
    csv.writer(response).writerows(_lines(row, tokens, form.cleaned_data["channel"]))
    return response


def _lines(row: Survey, tokens: list[str], channel: str) -> list[list[str]]:
    """Number and link; for WhatsApp also the address that opens a message ready to be sent."""
    urls = [absolute(reverse("portal:survey-personal", args=[row.code, token])) for token in tokens]
    if channel != Channel.WHATSAPP:
        return [["no", "tautan"], *([str(number), url] for number, url in enumerate(urls, start=1))]
    with override("id"):
        words = _("Bagaimana %(service)s di %(agency)s? Sembilan pertanyaan, dua menit, tanpa nama:") % {
            "service": row.service.name,
            "agency": row.service.agency.full_name,
        }
    ready = [f"https://wa.me/?text={quote(f'{words} {url}')}" for url in urls]
    pairs = enumerate(zip(urls, ready, strict=True), start=1)
    return [["no", "tautan", "whatsapp"], *([str(number), url, chat] for number, (url, chat) in pairs)]
