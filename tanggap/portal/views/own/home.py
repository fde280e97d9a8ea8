"""`/akun/`: all cases of one person on one page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.cases.recording import find_case
from tanggap.cases.secret_codes import code_is_right
from tanggap.cases.selectors import my_cases
from tanggap.cases.workflow import State
from tanggap.common.errors import NotFound
from tanggap.common.pagination import keyset_page
from tanggap.directory.selectors import calendar_of
from tanggap.portal import access, contacts
from tanggap.portal.forms.own import AddForm, ContactForm
from tanggap.portal.rows import rows_of

PAGE = 20
YOURS = (State.ON_HOLD, State.ANSWERED)
"""What waits for a word of the reporter."""


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The cases, to whoever proved something; else the ways to prove it."""
    return mine(request) if is_open(access.actor_of(request)) else entrance(request, ContactForm(auto_id="%s"))


def is_open(actor: Actor) -> bool:
    """Whether anything was proved: a sign-in, an address, a secret code."""
    return actor.person_id is not None or bool(actor.contacts) or bool(actor.reporter_of)


def entrance(request: HttpRequest, form: ContactForm, *, status: int = 200) -> HttpResponse:
    """Ask for an address."""
    return render(request, "portal/saya/masuk.html", {"form": form, "add_form": AddForm(auto_id="t-%s")}, status=status)


def mine(request: HttpRequest, *, status: int = 200, **values: Any) -> HttpResponse:
    """The list, what waits for the reporter first."""
    actor = access.actor_of(request)
    cases = my_cases(actor)
    page = keyset_page(cases, order=("-received_at", "-id"), cursor=request.GET.get("cursor", ""), size=PAGE)
    waiting = cases.filter(state__in=YOURS).order_by("due_at", "id")[:PAGE] if not page.previous_cursor else []
    context = {
        "person": request.user if isinstance(request.user, Person) else None,
        "page": page,
        "rows": rows_of(page.items),
        "waiting": rows_of(waiting),
        "hints": [address.hint for address in contacts.proved(request)],
        "until": contacts.open_until(request),
        "zone": calendar_of(None).zone,
        "add_form": AddForm(auto_id="t-%s"),
        **values,
    }
    return render(request, "portal/saya/laporan.html", context, status=status)


@never_cache
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """A case by number and secret code, opened in this browser and put on the page."""
    form = AddForm(request.POST, auto_id="t-%s")
    if form.is_valid() and _opened(request, form):
        return redirect("own:home")
    if is_open(access.actor_of(request)):
        return mine(request, status=422, add_form=form)
    values = {"form": ContactForm(auto_id="%s"), "add_form": form}
    return render(request, "portal/saya/masuk.html", values, status=422)


def _opened(request: HttpRequest, form: AddForm) -> bool:
    """One sentence whether number or code is wrong: no page tells which numbers exist to whoever tries codes."""
    try:
        case = find_case(form.cleaned_data["number"])
        access.count_try(request, case)
        if code_is_right(case, form.cleaned_data["code"]):
            access.remember_proof(request, case)
            return True
    except NotFound:
        pass
    form.add_error("code", _("Nomor dan kode ini tidak cocok. Periksa tanda terima Anda."))
    return False


@require_POST
def shut(request: HttpRequest) -> HttpResponse:
    """Shut everything this browser opened by address or code. The account, if any, stays signed in."""
    access.forget_proofs(request)
    messages.success(request, _("Ditutup. Laporan Anda tidak terbuka lagi di peramban ini."))
    return redirect("own:home")
