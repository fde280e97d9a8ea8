"""Identities of anonymous reporters that officers asked to see: the second person decides here."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.cases.models import Reveal
from tanggap.cases.policies import cases_visible_to
from tanggap.cases.services.approve_reveal import approve_reveal
from tanggap.common.clock import now
from tanggap.common.errors import NotFound, Refused
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import SECOND_PERSONS, page

MOST_SHOWN = 50


@dataclass(frozen=True)
class Asked:
    """One request, as the second person reads it."""

    reveal: Reveal
    asked_by: str
    decidable: bool


def waiting_for(actor: Actor) -> list[Asked]:
    """Requests not yet decided, oldest first; those this person may not decide say so."""
    rows = list(
        Reveal.objects.filter(approved_at__isnull=True, case__in=cases_visible_to(actor))
        .select_related("case__agency", "case__body")
        .order_by("asked_at", "id")[:MOST_SHOWN]
    )
    ids = [row.asked_by_key.removeprefix("person:") for row in rows]
    people = {person.key: person.name for person in Person.objects.filter(pk__in=[i for i in ids if i.isdigit()])}
    return [Asked(row, people.get(row.asked_by_key, ""), _outside(actor, row)) for row in rows]


def _outside(actor: Actor, reveal: Reveal) -> bool:
    case = reveal.case
    reported = case.body.path if case.body else case.agency.path
    return reveal.asked_by_key != actor.key and not any(post.startswith(reported) for post in actor.posts)


@with_role(*SECOND_PERSONS)
@require_safe
def reveals(request: HttpRequest) -> HttpResponse:
    """`/kerja/identitas/`."""
    return page(request, "identitas.html", {"asked": waiting_for(actor_of(request))}, here="console:reveals")


@with_role(*SECOND_PERSONS)
@require_POST
def approve(request: HttpRequest, reveal_id: int) -> HttpResponse:
    """Agree. The asker then sees the identity for a day, and the reporter is told."""
    actor = actor_of(request)
    reveal = Reveal.objects.filter(pk=reveal_id, case__in=cases_visible_to(actor)).select_related("case").first()
    if reveal is None:
        raise Http404
    try:
        approve_reveal(tracking_id=reveal.case.tracking_id, reveal_id=reveal.pk, actor=actor, now=now())
    except Refused as error:
        messages.error(request, error.message)
    except NotFound:
        messages.warning(request, _("Permintaan ini sudah diputus."))
    else:
        messages.success(request, _("Disetujui. Identitas terbuka bagi peminta selama 24 jam."))
    return redirect("console:reveals")
