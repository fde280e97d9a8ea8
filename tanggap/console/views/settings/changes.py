"""What was changed, by when it was worked out, and which limits moved."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs_everything
from tanggap.cases.selectors.recalculations import change, changes_of
from tanggap.console import rule_words as words
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import INVITES
from tanggap.console.views.settings.scope import Scope, may_change, scope_of, settings_page
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_id, calendar_of

ROOM = "rule-changes"


@with_role(*INVITES)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """`/kerja/aturan/`: what can be changed here."""
    return settings_page(request, scope_of(request), "beranda.html", {}, room=ROOM)


@with_role(*INVITES)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The last changes that touch an agency: its own, and those of the levels above."""
    scope = scope_of(request)
    levels = [int(part) for part in scope.path.split("/") if part]
    agencies = Agency.objects.select_related("body").in_bulk(levels)
    actor = actor_of(request)
    everything = governs_everything(actor)
    lines = [
        (words.change_line(found, agencies.get(found.agency_id or 0), everything=everything), url)
        for found in changes_of([None, *levels])
        for url in [_url(actor, found.agency_id, found.event.pk)]
    ]
    values = {"lines": lines, "zone": calendar_of(scope.agency_id).zone}
    return settings_page(request, scope, "perubahan.html", values, room=ROOM)


def _url(actor: Actor, agency_id: int | None, event_id: int) -> str:
    return reverse("console:rule-change", args=[event_id]) if may_change(actor, agency_id) else ""


@with_role(*INVITES)
@require_safe
def one(request: HttpRequest, event_id: int) -> HttpResponse:
    """One change: how far the work is, and what came of it."""
    actor, found = actor_of(request), change(event_id)
    if found is None or not may_change(actor, found.agency_id):
        raise Http404
    agency = agency_by_id(found.agency_id) if found.agency_id else None
    everything = governs_everything(actor)
    line = words.change_line(found, agency, everything=everything)
    scope = Scope(agency, everything=everything, choices=[])
    zone = calendar_of(scope.agency_id).zone
    room = "rule-calendar" if found.event.stream.startswith("calendar:") else "rule-limits"
    values = {"line": line, "zone": zone, "back_url": scope.address(room)}
    return settings_page(request, scope, "perubahan_satu.html", values, room=ROOM)
