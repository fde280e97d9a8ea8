"""One sampled case, read and scored."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanggap.cases.policies import public_cases
from tanggap.cases.selectors.thread import Audience, narrative_for, thread_for
from tanggap.common.clock import now
from tanggap.common.errors import Forbidden, NotFound, TanggapError
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import ROUNDS, page
from tanggap.console.round_forms import ScoreForm, label_of
from tanggap.console.views.rounds.body import SHOWN, own_body, stratum_words
from tanggap.console.views.rounds.rounds import HERE
from tanggap.evaluation.models import Round, RoundRule
from tanggap.evaluation.results import share_of_sampled
from tanggap.evaluation.round_policies import judges, sees_all
from tanggap.evaluation.rounds.scoring import READERS
from tanggap.evaluation.rounds_open import rules_on
from tanggap.evaluation.services.score_case import score_case

MOST_ENTRIES = 200


@with_role(*ROUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, round_id: int, body_id: int, sampled_id: int) -> HttpResponse:
    """What everybody may read of the case, and the scores: others' only after the own, or once all is shown.

    A case that is not public any more is not found, nor what was written about it: its reporter may have asked so.
    """
    actor, body = actor_of(request), own_body(request, round_id, body_id)
    everything = sees_all(actor, body.round)
    if not everything and body.round.state not in SHOWN:
        raise Http404
    sampled = get_object_or_404(body.sample.filter(case__in=public_cases()), pk=sampled_id)
    rules = rules_on(RoundRule.Kind.CRITERION, body.round.last)
    form = ScoreForm(request.POST if request.method == "POST" else None, rules=rules)
    if form.is_bound and form.is_valid():
        try:
            score_case(
                sampled_id=sampled.pk, scores=form.scores, comment=form.cleaned_data["comment"], actor=actor, now=now()
            )
        except (Forbidden, NotFound):
            raise
        except TanggapError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Nilai tersimpan."))
            return redirect("console:round-body", round_id=round_id, body_id=body_id)
    case = public_cases().select_related("narrative", "agency").get(pk=sampled.case_id)
    readings = list(sampled.readings.all())
    own = next((one for one in readings if one.reader_id == actor.person_id), None)
    seen = (own is not None and len(readings) >= READERS) or body.round.state in SHOWN
    values = {
        "round": body.round,
        "body": body,
        "sampled": sampled,
        "stratum": stratum_words(sampled.stratum),
        "case": case,
        "text": narrative_for(case, Audience.PUBLIC),
        "entries": [one for one in thread_for(case, Audience.PUBLIC) if one.text][:MOST_ENTRIES],
        "readings": readings if seen else [own] if own else [],
        "names": {rule.slug: label_of(rule) for rule in rules},
        "share": share_of_sampled(sampled) if seen else None,
        "form": form if own is None and judges(actor, body) and _open(body.round) else None,
    }
    return page(request, "evaluasi/bacaan.html", values, here=HERE, status=422 if form.errors else 200)


def _open(row: Round) -> bool:
    return row.state == Round.State.READING
