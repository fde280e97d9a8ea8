"""What lets the counter open without network: a page without anybody's name, its worker, and a permit to send."""

from __future__ import annotations

import re
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from tanggap.accounts.models import Person
from tanggap.accounts.sign_in.kept import owner_digest
from tanggap.channels.policies import ENTERS_CASES
from tanggap.common.workers import worker_script
from tanggap.console.access import actor_of, with_role
from tanggap.console.counter.entry_form import EntryForm
from tanggap.console.views.counter.desk import form_values

SHELL = "console/loket/luring.html"
SCRIPT = Path(__file__).parents[2] / "static" / "console" / "counter-worker.js"


@with_role(*ENTERS_CASES)
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The form as it opens without network: no name, no number, no token; whoever is meant, the device remembers."""
    actor = actor_of(request)
    return render(request, SHELL, form_values(EntryForm(actor=actor), actor))


@with_role(*ENTERS_CASES)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of this folder alone. It changes with the page it keeps, so that browsers fetch both anew."""
    actor = actor_of(request)
    # Without the key of its form, which is new each time.
    html = re.sub(r"[0-9a-f]{32}", "", render_to_string(SHELL, form_values(EntryForm(actor=actor), actor), request))
    address = reverse("console:counter-shell")
    return worker_script(SCRIPT, shell=address, html=html, more={"home": reverse("console:counter")})


@with_role(*ENTERS_CASES)
@require_safe
def permit(request: HttpRequest) -> HttpResponse:
    """Who is signed in here now, and a fresh token: asked for before anything waiting is sent."""
    person = request.user
    assert isinstance(person, Person)
    return JsonResponse({"officer": owner_digest(person), "token": get_token(request)})
