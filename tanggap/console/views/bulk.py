"""Several cases at once: a list to check first, then each case on its own, so that one refusal stops no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tanggap.accounts.actor import Actor
from tanggap.cases.correction import Correction
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to, standings
from tanggap.cases.services.hold_case import hold_case
from tanggap.cases.services.verify_case import Verification, verify_case
from tanggap.cases.texts import LONGEST_TEXT
from tanggap.cases.vocabulary import ClassificationWord
from tanggap.cases.workflow import Action
from tanggap.common.clock import now
from tanggap.common.errors import TanggapError
from tanggap.common.ids import normalize_tracking_id
from tanggap.console.access import actor_of, officer
from tanggap.console.deeds.base import possible
from tanggap.console.deeds.places import DestinationForm
from tanggap.console.pages import page

MOST_AT_ONCE = 50


class VerifyForm(DestinationForm):
    """One destination for all; the classification for those that have none."""

    classification = forms.ChoiceField(
        label=gettext_lazy("Klasifikasi, untuk yang belum punya"),
        choices=ClassificationWord.choices,
        widget=forms.RadioSelect,
    )


class QuestionForm(forms.Form):
    """One question for all."""

    question = forms.CharField(
        label=gettext_lazy("Pertanyaan kepada setiap pelapor"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "class": "short"}),
    )


@dataclass(frozen=True)
class Line:
    """A chosen case and whether it can be done with it."""

    case: Case
    fits: bool


@dataclass(frozen=True)
class Outcome:
    """What became of one case."""

    case: Case
    trouble: str


ACTIONS = {"verifikasi": (Action.VERIFY,), "tanya": (Action.HOLD, Action.ASK_REPORTER)}


@officer
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest, slug: str) -> HttpResponse:
    """`/kerja/sekaligus/<deed>/?pilih=…`: the list to check; sent, each case is tried by itself."""
    if slug not in ACTIONS:
        raise Http404
    actor = actor_of(request)
    posted = request.method == "POST"
    lines = _lines(actor, request.POST if posted else request.GET, ACTIONS[slug])
    if not lines:
        return redirect("console:inbox")
    fitting = [line.case for line in lines if line.fits]
    form = _form(slug, request, actor, fitting or [line.case for line in lines])
    if posted and fitting and form.is_valid():
        return _result(request, slug, [_tried(slug, case, form, actor) for case in fitting], lines)
    values = {"slug": slug, "lines": lines, "form": form, "fitting": len(fitting), "left": len(lines) - len(fitting)}
    return page(request, "sekaligus.html", values, here="console:inbox", status=422 if posted else 200)


def _lines(actor: Actor, query: Any, actions: tuple[Action, ...]) -> list[Line]:
    """The chosen cases this officer sees; numbers that mean nothing are left out."""
    numbers = {normalize_tracking_id(raw) for raw in query.getlist("pilih")[:MOST_AT_ONCE]} - {None}
    cases = (
        cases_visible_to(actor)
        .filter(tracking_id__in=numbers)
        .select_related("agency__body", "body", "region", "narrative")
        .order_by("due_at", "id")
    )
    return [Line(case, _fits(actor, case, actions)) for case in cases]


def _fits(actor: Actor, case: Case, actions: tuple[Action, ...]) -> bool:
    found = standings(actor, case)
    return any(possible(case, found, action) for action in actions)


def _form(slug: str, request: HttpRequest, actor: Actor, cases: list[Case]) -> Any:
    data = request.POST if request.method == "POST" else None
    if slug == "tanya":
        return QuestionForm(data)
    # The suggestions of the first case; the others are listed with it, and the officer chose them together.
    return VerifyForm(data, case=cases[0], actor=actor, standings=standings(actor, cases[0]))


def _tried(slug: str, case: Case, form: Any, actor: Actor) -> Outcome:
    try:
        if slug == "tanya":
            question = form.cleaned_data["question"]
            hold_case(tracking_id=case.tracking_id, question=question, actor=actor, now=now())
        else:
            kind = case.classification or form.cleaned_data["classification"]
            decided = Verification(agency=form.agency, correction=Correction(classification=kind))
            verify_case(tracking_id=case.tracking_id, verification=decided, actor=actor, now=now())
    except TanggapError as error:
        return Outcome(case, error.message)
    return Outcome(case, "")


def _result(request: HttpRequest, slug: str, outcomes: list[Outcome], lines: list[Line]) -> HttpResponse:
    """What became of each. A reload tries again and is refused: nothing happens twice."""
    skipped = [
        Outcome(line.case, _("Tidak dapat dilakukan pada laporan ini dalam keadaannya sekarang."))
        for line in lines
        if not line.fits
    ]
    every = [*outcomes, *skipped]
    values = {
        "slug": slug,
        "good": [one for one in every if not one.trouble],
        "bad": [one for one in every if one.trouble],
    }
    return page(request, "sekaligus_hasil.html", values, here="console:inbox")
