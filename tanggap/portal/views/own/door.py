"""The way in without an account: a code or link to the address the cases were reported with (ADR 0047)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tanggap.cases.contact_proofs import read_address
from tanggap.cases.models import ContactProof
from tanggap.cases.services.ask_contact_proof import ask_contact_proof
from tanggap.cases.services.open_by_code import open_by_code
from tanggap.cases.services.open_by_link import open_by_link
from tanggap.common.clock import now
from tanggap.common.errors import Invalid, TooMany
from tanggap.common.refusals import show_refusal
from tanggap.directory.selectors import brand_of_host
from tanggap.portal import access, contacts
from tanggap.portal.forms.own import ContactForm, ProofForm
from tanggap.portal.views.own.home import entrance

OPEN = ContactProof.Purpose.OPEN.value
ASKED = "bukti_diminta"
"""In the session: which asking this browser may answer with a code, by purpose."""


@never_cache
@sensitive_post_parameters("contact")
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """The same answer for an address that is known and one that is not."""
    form = ContactForm(request.POST, auto_id="%s")
    if not form.is_valid() or not start(request, form, purpose=OPEN):
        return entrance(request, form, status=422)
    return redirect("own:code")


def start(request: HttpRequest, form: ContactForm, *, purpose: str) -> bool:
    """Ask for a proof of the typed address; False with the reason in the form."""
    try:
        access.count_asking(request)
        row = ask_contact_proof(
            address=read_address(form.cleaned_data["contact"]),
            purpose=purpose,
            now=now(),
            language=(get_language() or "id")[:2],
            brand=brand_slug(request),
        )
    except (Invalid, TooMany) as error:
        show_refusal(form, error)
        return False
    request.session[ASKED] = {**request.session.get(ASKED, {}), purpose: row.pk}
    return True


def brand_slug(request: HttpRequest) -> str:
    """The brand whose name the message bears."""
    row = brand_of_host(request.get_host().partition(":")[0])
    return row.slug if row else ""


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Type the code; only the browser that asked can, so that nobody guesses at another's."""
    asked = request.session.get(ASKED, {}).get(OPEN)
    if asked is None:
        return redirect("own:home")
    form = ProofForm(request.POST if request.method == "POST" else None, auto_id="%s")
    if form.is_valid():
        address = open_by_code(proof_id=asked, purpose=OPEN, code=form.cleaned_data["code"], now=now())
        if address is not None:
            request.session.pop(ASKED, None)
            contacts.remember(request, address)
            return redirect("own:home")
        form.add_error("code", wrong_code())
    return render(request, "portal/saya/kode.html", {"form": form}, status=422 if form.errors else 200)


def wrong_code() -> str:
    """One sentence for wrong, old, used and never sent."""
    return _("Kode ini tidak cocok atau tidak berlaku lagi. Periksa pesannya, atau minta kode baru.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A button, because mail scanners open links too; pressing it uses the link up."""
    if request.method != "POST":
        return render(request, "portal/saya/tautan.html")
    address = open_by_link(token=token, now=now())
    if address is None:
        return render(request, "portal/saya/tautan.html", {"dead": True}, status=410)
    contacts.remember(request, address)
    return redirect("own:home")
