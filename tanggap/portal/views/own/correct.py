"""Correcting who one is and where one is reached; a new address is proved before it is written."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tanggap.accounts.actor import Actor
from tanggap.accounts.services.correct_person import correct_person
from tanggap.cases.contact_proofs import Address
from tanggap.cases.models import ContactProof
from tanggap.cases.selectors import my_cases
from tanggap.cases.services.choose_contact import choose_contact
from tanggap.cases.services.correct_contact import correct_contact
from tanggap.cases.services.open_by_code import open_by_code
from tanggap.cases.services.warn_contact import CHANGED, warn_contact
from tanggap.common.clock import now
from tanggap.common.errors import Invalid, Refused
from tanggap.common.refusals import show_refusal
from tanggap.portal import access, contacts
from tanggap.portal.forms.case import ContactForm as NewsForm
from tanggap.portal.forms.own import NameForm, NewContactForm, ProofForm
from tanggap.portal.views.own.data import page
from tanggap.portal.views.own.door import ASKED, brand_slug, start, wrong_code
from tanggap.portal.views.own.home import is_open

CHANGE = ContactProof.Purpose.CHANGE.value


@never_cache
@sensitive_post_parameters("name", "address")
@require_POST
def name(request: HttpRequest) -> HttpResponse:
    """Name and address on every own case, and the name of the account."""
    actor = access.actor_of(request)
    if not is_open(actor):
        return redirect("own:home")
    form = NameForm(request.POST, auto_id="n-%s")
    if not form.is_valid():
        return page(request, status=422, name_form=form)
    given = {field: value for field, value in form.cleaned_data.items() if value}
    if not given:
        form.add_error(None, _("Isi yang ingin diperbaiki."))
        return page(request, status=422, name_form=form)
    try:
        for number in _numbers(actor):
            correct_contact(tracking_id=number, actor=proving(actor), now=now(), **given)
        if actor.person_id is not None and given.get("name"):
            correct_person(actor=actor, now=now(), name=given["name"])
    except Invalid as error:
        show_refusal(form, error)
        return page(request, status=422, name_form=form)
    messages.success(request, _("Tersimpan pada semua laporan Anda di halaman ini."))
    return redirect("own:data")


@never_cache
@require_POST
def news(request: HttpRequest) -> HttpResponse:
    """Whether messages come at all, and how much stands in them, for every own case at once."""
    actor = access.actor_of(request)
    if not is_open(actor):
        return redirect("own:home")
    form = NewsForm(request.POST, auto_id="b-%s")
    if not form.is_valid():
        return page(request, status=422, news_form=form)
    wish, reporter = form.cleaned_data["news"], proving(actor)
    for number in _numbers(actor):
        choose_contact(tracking_id=number, wanted=wish != "none", discreet=wish == "bare", actor=reporter, now=now())
    messages.success(request, _("Tersimpan pada semua laporan Anda di halaman ini."))
    return redirect("own:data")


def _numbers(actor: Actor) -> list[str]:
    """The person's cases whose identity is still there."""
    cases = my_cases(actor).exclude(reporter__erased_at__isnull=False)
    return list(cases.order_by("id").values_list("tracking_id", flat=True))


def proving(actor: Actor) -> Actor:
    """The actor as the reporter of everything the page shows."""
    return actor.proving(*my_cases(actor).values_list("pk", flat=True))


@never_cache
@sensitive_post_parameters("contact")
@require_POST
def contact(request: HttpRequest) -> HttpResponse:
    """Ask for a code to the new address; nothing is changed yet."""
    if not is_open(access.actor_of(request)):
        return redirect("own:home")
    form = NewContactForm(request.POST, auto_id="k-%s")
    if not form.is_valid() or not start(request, form, purpose=CHANGE):
        return page(request, status=422, contact_form=form)
    return redirect("own:contact-code")


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def contact_code(request: HttpRequest) -> HttpResponse:
    """The code from the new address; then it stands on every own case, and the old address is told."""
    actor, asked = access.actor_of(request), request.session.get(ASKED, {}).get(CHANGE)
    if not is_open(actor) or asked is None:
        return redirect("own:data")
    form = ProofForm(request.POST if request.method == "POST" else None, auto_id="%s")
    if form.is_valid():
        proved = open_by_code(proof_id=asked, purpose=CHANGE, code=form.cleaned_data["code"], now=now())
        if proved is None:
            form.add_error("code", wrong_code())
        else:
            return _change(request, actor, proved, once=f"proof-{asked}")
    return render(request, "portal/saya/kode_baru.html", {"form": form}, status=422 if form.errors else 200)


def _change(request: HttpRequest, actor: Actor, proved: Address, *, once: str) -> HttpResponse:
    request.session.pop(ASKED, None)
    moment, whole = now(), proving(actor)
    before = {correct_contact(tracking_id=number, actor=whole, now=moment, proved=proved) for number in _numbers(actor)}
    try:
        before.add(_change_account(actor, proved, moment))
    except Refused as error:
        messages.warning(request, error.message)
    for value in filter(None, before - {proved.value}):
        old = Address(proved.kind, value)
        warn_contact(contact=old, what=CHANGED, once=once, now=moment, brand=brand_slug(request))
    if contacts.proved(request):
        contacts.remember(request, proved)
    messages.success(request, _("Alamat diganti pada semua laporan Anda di halaman ini."))
    return redirect("own:data")


def _change_account(actor: Actor, proved: Address, moment: datetime) -> str:
    if actor.person_id is None or actor.is_staff:
        return ""
    return correct_person(actor=actor, now=moment, **{proved.kind: proved.value})[1]
