"""How the channels do, and how a national admin sets one up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.accounts.roles import Role
from tanggap.channels.policies import ANSWERS_CHATS
from tanggap.common.clock import now
from tanggap.common.errors import Invalid
from tanggap.common.links import absolute
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, own_calendar, with_role
from tanggap.console.doors import HERE, NAMES, doors_for, tabs_of
from tanggap.console.pages import page
from tanggap.directory.models import Brand
from tanggap.notify.services.configure_channel import KINDS, REQUIRED, configure_channel, option

LONGEST_SETTING = 64 * 1024
HOOKS = {"whatsapp", "telegram", "meta", "sms"}


class SetupForm(forms.Form):
    """The settings of one kind, as the command line names them. What was kept is never shown again."""

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in KINDS[kind]:
            self.fields[name] = forms.CharField(
                label=option(name).removeprefix("--"),
                max_length=LONGEST_SETTING,
                required=name in REQUIRED[kind],
                widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            )


@with_role(*ANSWERS_CHATS)
@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    """`/kerja/saluran/`: last in, last out, what is wrong."""
    actor = actor_of(request)
    values = {
        "tabs": tabs_of(actor, "doors"),
        "brands": doors_for(actor.through(*ANSWERS_CHATS)),
        "may_configure": actor.has_role(Role.NATIONAL_ADMIN),
        "zone": own_calendar(actor).zone,
    }
    return page(request, "saluran/keadaan.html", values, here=HERE)


@with_role(Role.NATIONAL_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def configure(request: HttpRequest, brand: str, kind: str) -> HttpResponse:
    """`/kerja/saluran/atur/<brand>/<kind>/`: everything anew, because nothing kept is shown."""
    row = get_object_or_404(Brand, slug=brand)
    if kind not in NAMES:
        raise Http404
    form = SetupForm(kind, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            configure_channel(kind=kind, brand=brand, settings=form.cleaned_data, now=now())
        except Invalid as error:
            show_refusal(form, error)
        else:
            words = _("Saluran %(kind)s untuk %(brand)s sudah diatur.") % {"kind": NAMES[kind], "brand": row.name}
            messages.success(request, words)
            return redirect(HERE)
    values = {
        "brand_row": row,
        "kind": kind,
        "name": NAMES[kind],
        "form": form,
        "hook": absolute(f"/hooks/{kind}/{brand}") if kind in HOOKS else "",
    }
    return page(request, "saluran/atur.html", values, here=HERE, status=422 if request.method == "POST" else 200)
