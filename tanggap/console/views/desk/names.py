"""`/kerja/l/<id>/rekan/?q=…`: the colleagues whom a note about this case may name, while `@` is typed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from tanggap.cases.policies import standings
from tanggap.cases.selectors import get_case_for
from tanggap.cases.workflow import Action, may
from tanggap.common.clock import now
from tanggap.console.access import actor_of, officer
from tanggap.console.mentioning import offered_names


@officer
@require_safe
def names(request: HttpRequest, number: str) -> JsonResponse:
    """Only for whoever may write a note there; for everybody else the address does not exist."""
    actor = actor_of(request)
    case = get_case_for(actor, number)
    if not may(Action.ANNOTATE, standings(actor, case)):
        raise Http404
    found = offered_names(request.GET.get("q", ""), case, actor=actor, now=now())
    response = JsonResponse({"items": found})
    response["Cache-Control"] = "private, no-store"
    return response
