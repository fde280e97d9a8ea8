"""A survey on paper: the poster with the open code, the form to print, and what came back on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.common.clock import now
from tanggap.common.errors import Invalid, Refused
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import page
from tanggap.console.views.surveys.survey import HERE, own_survey
from tanggap.surveys.answer_form import PaperForm
from tanggap.surveys.models import Survey
from tanggap.surveys.papers.drawing import form_pdf, poster_pdf
from tanggap.surveys.policies import ENTERS_PAPER
from tanggap.surveys.services.answer_survey import Said, answer_survey


def _open_survey(request: HttpRequest, code: str) -> Survey:
    row = own_survey(request, code)
    if row.state != Survey.State.OPEN:
        raise Http404
    return row


@with_role(*ENTERS_PAPER)
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """`/kerja/survei/<code>/kertas/`: one sheet after the other."""
    row = _open_survey(request, code)
    form = PaperForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        try:
            answer_survey(
                code=code, said=Said(form.ratings, form.told, sheet=sheet), actor=actor_of(request), now=now()
            )
        except (Invalid, Refused) as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Lembar %(sheet)s tersimpan. Lanjutkan dengan berikutnya.") % {"sheet": sheet})
            return redirect("console:survey-paper", code=code)
    values = {"survey": row, "agency": row.service.agency, "form": form}
    return page(request, "survei/kertas.html", values, here=HERE, status=422 if form.errors else 200)


def _as_pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@with_role(*ENTERS_PAPER)
@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """The poster on A4."""
    row = _open_survey(request, code)
    return _as_pdf(poster_pdf(row, now=now()), f"poster-survei-{row.code}")


@with_role(*ENTERS_PAPER)
@require_safe
def form(request: HttpRequest, code: str) -> HttpResponse:
    """The questions on A4, to be copied."""
    row = _open_survey(request, code)
    return _as_pdf(form_pdf(row, now=now()), f"formulir-survei-{row.code}")
