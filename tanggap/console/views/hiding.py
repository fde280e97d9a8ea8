"""Wishes to be taken out of public words, which moderators decide on the page of the case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tanggap.accounts.actor import Actor
from tanggap.cases.models import HidingRequest
from tanggap.cases.policies import actor_may, cases_visible_to
from tanggap.cases.workflow import Action
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import MODERATORS, page

MOST_SHOWN = 50


def waiting_for(actor: Actor) -> list[HidingRequest]:
    """Those this person may decide, oldest first."""
    rows = (
        HidingRequest.objects.filter(decided_at=None, case__in=cases_visible_to(actor))
        .select_related("case__agency", "case__body")
        .order_by("asked_at", "id")[:MOST_SHOWN]
    )
    return [row for row in rows if actor_may(actor, Action.SHOW_WORDS, row.case)]


@with_role(*MODERATORS)
@require_safe
def hiding(request: HttpRequest) -> HttpResponse:
    """`/kerja/permintaan/`."""
    return page(request, "permintaan.html", {"asked": waiting_for(actor_of(request))}, here="console:hiding")
