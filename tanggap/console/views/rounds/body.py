"""One body in a round: its evidence, its sample, its objections."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.cases.policies import public_cases
from tanggap.cases.vocabulary import ClassificationWord, OutcomeWord, StateWord
from tanggap.common import formats
from tanggap.common.clock import now
from tanggap.common.clockwords import language
from tanggap.common.errors import Forbidden, NotFound, TanggapError
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import ROUNDS, page
from tanggap.console.round_forms import DecisionForm, EvidenceForm, ObjectionForm, label_of
from tanggap.console.views.rounds.rounds import HERE, own_round
from tanggap.evaluation.models import Evidence, Round, RoundBody, RoundObjection, RoundRule
from tanggap.evaluation.results import brought, share_of_sampled
from tanggap.evaluation.round_policies import bodies_visible_to, judges, may_answer_for, sees_all
from tanggap.evaluation.rounds.scoring import READERS, needs_third
from tanggap.evaluation.rounds_open import rules_on
from tanggap.evaluation.services.decide_round_objection import decide_round_objection
from tanggap.evaluation.services.judge_evidence import judge_evidence
from tanggap.evaluation.services.object_in_round import object_in_round
from tanggap.evaluation.services.submit_evidence import submit_evidence
from tanggap.files.selectors import files_of
from tanggap.files.serve import serve

SHOWN = (Round.State.OBJECTION, Round.State.FINAL)


def own_body(request: HttpRequest, round_id: int, body_id: int) -> RoundBody:
    """A body the actor may look into. Raises Http404."""
    row = own_round(request, round_id)
    body = get_object_or_404(bodies_visible_to(actor_of(request), row).select_related("agency"), pk=body_id)
    body.round = row
    return body


@with_role(*ROUNDS)
@require_safe
def body(request: HttpRequest, round_id: int, body_id: int) -> HttpResponse:
    """`/kerja/evaluasi/<round>/<body>/`."""
    return _page(request, own_body(request, round_id, body_id))


def _page(request: HttpRequest, row: RoundBody, **forms: Any) -> HttpResponse:
    actor, state = actor_of(request), row.round.state
    rules = rules_on(RoundRule.Kind.EVIDENCE, row.round.last)
    judge = judges(actor, row)
    everything = sees_all(actor, row.round)
    sample = _sample(row, actor.person_id, judge) if everything or state in SHOWN else []
    evidence = list(row.evidence.all())
    answers = may_answer_for(actor, row)
    values: dict[str, Any] = {
        "round": row.round,
        "body": row,
        "items": [(rule, label_of(rule), [one for one in evidence if one.item == rule.slug]) for rule in rules],
        "sample": sample,
        "objections": [
            (one, standing_words(one, one.before), standing_words(one, one.after)) for one in row.objections.all()
        ],
        "judges": judge and state in (Round.State.COLLECTING, Round.State.READING),
        "decides": judge and state == Round.State.OBJECTION,
        "decision": DecisionForm(auto_id=False),
        "evidence_form": None,
        "objection_form": None,
    }
    if answers and state == Round.State.COLLECTING:
        values["evidence_form"] = EvidenceForm(rules=rules)
    if answers and state == Round.State.OBJECTION:
        values["objection_form"] = ObjectionForm(targets=targets_of(row, sample, rules))
    values |= forms
    bad = any(getattr(form, "errors", None) for form in forms.values())
    return page(request, "evaluasi/instansi.html", values, here=HERE, status=422 if bad else 200)


def targets_of(row: RoundBody, sample: Sequence[dict[str, Any]], rules: Sequence[RoundRule]) -> list[tuple[str, str]]:
    """What a body may object to: judged evidence and decided cases."""
    names = {rule.slug: label_of(rule) for rule in rules}
    judged = [one for one in brought(row).values() if one.state != Evidence.State.SUBMITTED]
    found = [(f"evidence:{one.pk}", f"{names.get(one.item, one.item)}: {one.get_state_display()}") for one in judged]
    words = _("Laporan nomor %(number)s dalam sampel")
    return found + [(f"sampled:{one['row'].pk}", words % {"number": one["row"].number}) for one in sample]


def _sample(row: RoundBody, person_id: int | None, judge: bool) -> list[dict[str, Any]]:
    """The sampled cases that are still public; how many have read is no secret, what they found is until two have."""
    lines = []
    for sampled in row.sample.filter(case__in=public_cases()).prefetch_related("readings").select_related("case"):
        readings = list(sampled.readings.all())
        own = any(reading.reader_id == person_id for reading in readings)
        waits = len(readings) < READERS or needs_third([reading.scores for reading in readings])
        lines.append(
            {
                "row": sampled,
                "stratum": stratum_words(sampled.stratum),
                "read": len(readings),
                "share": share_of_sampled(sampled),
                "reads": judge and not own and waits,
            }
        )
    return lines


def standing_words(objection: RoundObjection, standing: str) -> str:
    """What stood before an objection or stands after it: a judgement, or a share in percent."""
    if objection.evidence_id is not None:
        return str(dict(Evidence.State.choices).get(standing, standing))
    return formats.percent(Decimal(standing), language()) if standing else ""


def stratum_words(stratum: str) -> str:
    """A stratum of the sample in the reader's language."""
    kind, _slash, end = stratum.partition("/")
    ends = {**dict(StateWord.choices), **dict(OutcomeWord.choices)}
    return f"{dict(ClassificationWord.choices).get(kind, kind)}, {ends.get(end, end)}"


@with_role(*ROUNDS)
@require_POST
def submit(request: HttpRequest, round_id: int, body_id: int) -> HttpResponse:
    """A file for an item."""
    row = own_body(request, round_id, body_id)
    form = EvidenceForm(request.POST, request.FILES, rules=rules_on(RoundRule.Kind.EVIDENCE, row.round.last))
    if form.is_valid():
        given = form.cleaned_data
        try:
            submit_evidence(
                body_id=row.pk, item=given["item"], file=given["file"], name=given["file"].name, note=given["note"],
                actor=actor_of(request), now=now(),
            )  # fmt: skip
        except (Forbidden, NotFound):
            raise
        except TanggapError as error:
            form.add_error("file" if error.field == "files" else None, error.message)
        else:
            messages.success(request, _("Bukti tersimpan dan menunggu diperiksa."))
            return redirect("console:round-body", round_id=round_id, body_id=body_id)
    return _page(request, row, evidence_form=form)


@with_role(*ROUNDS)
@require_POST
def judge(request: HttpRequest, round_id: int, body_id: int, evidence_id: int) -> HttpResponse:
    """Evidence accepted or refused."""
    row = own_body(request, round_id, body_id)
    evidence = get_object_or_404(row.evidence, pk=evidence_id)
    try:
        judge_evidence(
            evidence_id=evidence.pk, accepted=request.POST.get("keputusan") == "terima",
            comment=request.POST.get("catatan", ""), actor=actor_of(request), now=now(),
        )  # fmt: skip
    except (Forbidden, NotFound):
        raise
    except TanggapError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Tersimpan."))
    return redirect("console:round-body", round_id=round_id, body_id=body_id)


@with_role(*ROUNDS)
@require_safe
def download(request: HttpRequest, round_id: int, body_id: int, evidence_id: int) -> HttpResponseBase:
    """The file of a piece of evidence."""
    row = own_body(request, round_id, body_id)
    evidence = get_object_or_404(row.evidence, pk=evidence_id)
    return serve(get_object_or_404(files_of(evidence.owner)), as_attachment=True)


@with_role(*ROUNDS)
@require_POST
def object_(request: HttpRequest, round_id: int, body_id: int) -> HttpResponse:
    """The body objects."""
    row = own_body(request, round_id, body_id)
    sample = _sample(row, None, False)
    rules = rules_on(RoundRule.Kind.EVIDENCE, row.round.last)
    form = ObjectionForm(request.POST, targets=targets_of(row, sample, rules))
    if form.is_valid():
        try:
            object_in_round(
                body_id=row.pk, text=form.cleaned_data["text"], actor=actor_of(request), now=now(), **form.target
            )
        except (Forbidden, NotFound):
            raise
        except TanggapError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Sanggahan dicatat; keputusannya terlihat di sini."))
            return redirect("console:round-body", round_id=round_id, body_id=body_id)
    return _page(request, row, objection_form=form)


@with_role(*ROUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, round_id: int, body_id: int, objection_id: int) -> HttpResponse:
    """An objection is decided."""
    row = own_body(request, round_id, body_id)
    objection = get_object_or_404(row.objections.select_related("evidence", "sampled"), pk=objection_id)
    form = DecisionForm(request.POST if request.method == "POST" else None, auto_id="%s")
    if form.is_bound and form.is_valid():
        try:
            decide_round_objection(
                objection_id=objection.pk, upheld=form.cleaned_data["upheld"] == "1",
                answer=form.cleaned_data["answer"], score=form.share, actor=actor_of(request), now=now(),
            )  # fmt: skip
        except (Forbidden, NotFound):
            raise
        except TanggapError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Keputusan tersimpan."))
            return redirect("console:round-body", round_id=round_id, body_id=body_id)
    values = {
        "round": row.round,
        "body": row,
        "objection": objection,
        "before": standing_words(objection, objection.before),
        "form": form if objection.state == RoundObjection.State.OPEN else None,
    }
    return page(request, "evaluasi/sanggahan.html", values, here=HERE, status=422 if form.errors else 200)
