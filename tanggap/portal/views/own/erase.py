"""Asking to be forgotten, and changing one's mind in time."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tanggap.cases.services.ask_account_erasure import ask_account_erasure
from tanggap.cases.services.ask_erasure import ask_erasure
from tanggap.cases.services.cancel_account_erasure import cancel_account_erasure
from tanggap.cases.services.cancel_erasure import cancel_erasure
from tanggap.cases.services.erase_traces import erase_traces
from tanggap.common.clock import now
from tanggap.portal import access
from tanggap.portal.views.own.correct import proving
from tanggap.portal.views.own.data import emails_of, erase_form, page, waiting_erasures
from tanggap.portal.views.own.home import is_open


@never_cache
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Nothing is erased now; the wish waits."""
    actor = access.actor_of(request)
    if not is_open(actor):
        return redirect("own:home")
    form = erase_form(request, actor, data=request.POST)
    if not form.is_valid():
        return page(request, status=422, erase_form=form)
    wanted, moment, once = form.cleaned_data, now(), uuid4().hex
    reporter = proving(actor)
    for number in wanted["cases"]:
        ask_erasure(tracking_id=number, with_files=wanted["with_files"], actor=reporter, now=moment, once=once)
    if wanted.get("traces"):
        erase_traces(person_id=actor.person_id, emails=emails_of(request, actor), now=moment)
        messages.success(request, _("Yang Anda ikuti dan tanda Anda pada laporan lain sudah dihapus."))
    if wanted.get("account"):
        ask_account_erasure(actor=actor, now=moment, once=once)
    if wanted["cases"] or wanted.get("account"):
        messages.success(request, _("Permintaan Anda dicatat. Sampai harinya Anda dapat membatalkannya di sini."))
    return redirect("own:data")


@never_cache
@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    """Everything that still waits is called back."""
    actor = access.actor_of(request)
    if not is_open(actor):
        return redirect("own:home")
    moment, reporter = now(), proving(actor)
    for wish in waiting_erasures(actor):
        if wish.case is not None:
            cancel_erasure(tracking_id=wish.case.tracking_id, actor=reporter, now=moment)
        else:
            cancel_account_erasure(actor=actor, now=moment)
    messages.success(request, _("Dibatalkan. Data Anda tetap seperti semula."))
    return redirect("own:data")
