"""What messages cost: spent, forecast, per case, channel and body; dated prices and caps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanggap.accounts.policies import governs_everything
from tanggap.accounts.roles import Role
from tanggap.common.clock import now
from tanggap.common.errors import Invalid
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, own_calendar, with_role
from tanggap.console.outbox import READS_OUTBOX
from tanggap.console.pages import page
from tanggap.console.spending import caps_for, prices, spending_of
from tanggap.console.views.messages.forms import CapForm, PriceForm
from tanggap.console.views.messages.tabs import HERE, tabs_of
from tanggap.notify.services.add_cap import add_cap
from tanggap.notify.services.add_price import add_price


@with_role(*READS_OUTBOX)
@require_safe
def costs(request: HttpRequest) -> HttpResponse:
    """`/kerja/pesan/biaya/`."""
    return _costs(request)


@with_role(Role.NATIONAL_ADMIN)
@require_POST
def add_a_price(request: HttpRequest) -> HttpResponse:
    """A price from a day on."""
    form = PriceForm(request.POST, prefix="harga")
    if form.is_valid():
        try:
            add_price(**form.cleaned_data, actor_key=actor_of(request).key, now=now())
        except Invalid as error:
            _blame(form, error)
        else:
            messages.success(request, _("Harga tercatat. Pesan dihitung dengannya mulai tanggal itu."))
            return redirect("console:costs")
    return _costs(request, price=form, status=422)


@with_role(Role.NATIONAL_ADMIN)
@require_POST
def add_a_cap(request: HttpRequest) -> HttpResponse:
    """A monthly cap from a day on."""
    form = CapForm(request.POST, prefix="batas")
    if form.is_valid():
        given = form.cleaned_data
        payer = f"agency:{given['agency'].pk}" if given["agency"] else ""
        try:
            add_cap(
                brand=given["brand"],
                payer=payer,
                amount=given["amount"],
                valid_from=given["valid_from"],
                actor_key=actor_of(request).key,
                now=now(),
            )
        except Invalid as error:
            _blame(form, error)
        else:
            messages.success(request, _("Batas tercatat."))
            return redirect("console:costs")
    return _costs(request, cap=form, status=422)


def _blame(form: forms.Form, error: Invalid) -> None:
    show_refusal(form, error)


def _costs(
    request: HttpRequest, *, price: PriceForm | None = None, cap: CapForm | None = None, status: int = 200
) -> HttpResponse:
    actor, moment = actor_of(request), now()
    calendar = own_calendar(actor)
    edits = governs_everything(actor)
    values: dict[str, Any] = {
        "tabs": tabs_of(actor, "costs"),
        "spending": spending_of(actor, now=moment, calendar=calendar),
        "caps": caps_for(actor, now=moment),
        "prices": prices(now=moment),
        "everything": edits,
        "zone": calendar.zone,
        "now": moment,
    }
    if edits:
        today = {"valid_from": calendar.local_date(moment)}
        values["price_form"] = price or PriceForm(prefix="harga", initial=today)
        values["cap_form"] = cap or CapForm(prefix="batas", initial=today)
    return page(request, "pesan/biaya.html", values, here=HERE, status=status)
