"""`/kerja/aturan/penjagaan/`: what is asked of new cases while reports flood in, and which sources are held back."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tanggap.accounts.roles import Role
from tanggap.cases.models import IntakeGuard
from tanggap.cases.selectors.guard import busiest_sources, guard_row, open_blocks, source_of
from tanggap.cases.services.block_source import block_source
from tanggap.cases.services.lift_block import lift_block
from tanggap.cases.services.set_guard import set_guard
from tanggap.common.clock import now
from tanggap.common.errors import Invalid
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import page
from tanggap.console.views.settings.calendar_forms import date_input
from tanggap.directory.selectors import calendar_of

ROUTE = "console:rule-guard"


class GuardForm(forms.Form):
    """When the guard is on."""

    mode = forms.ChoiceField(label=gettext_lazy("Menyala"), choices=IntakeGuard.Mode.choices)
    above = forms.IntegerField(
        label=gettext_lazy("Menyala sendiri bila laporan baru dalam semenit lebih dari"),
        min_value=1,
        max_value=1_000_000,
    )


class BlockForm(forms.Form):
    """A network that abuses the form, until a day."""

    network = forms.CharField(
        label=gettext_lazy("Alamat atau jaringan"),
        max_length=60,
        help_text=gettext_lazy("Misalnya 203.0.113.0/24. Disimpan sebagai sidik; tidak dapat dibaca lagi."),
    )
    ends_on = forms.DateField(label=gettext_lazy("Ditahan sampai akhir hari"), widget=date_input())
    reason = forms.CharField(label=gettext_lazy("Alasan, dibaca petugas"), max_length=200)


class SourceForm(forms.Form):
    """A source out of today's counts."""

    source = forms.CharField(max_length=64)
    reason = forms.CharField(max_length=200)


class LiftForm(forms.Form):
    """A block that ends."""

    block = forms.IntegerField(min_value=1, max_value=2**63 - 1)


@with_role(Role.NATIONAL_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def guard(request: HttpRequest) -> HttpResponse:
    """Three forms of one page: the switch, a new block, and the end of one."""
    row = guard_row()
    bound = {request.POST.get("go", ""): request.POST} if request.method == "POST" else {}
    parts: dict[str, forms.Form] = {
        "guard": GuardForm(bound.get("guard"), initial={"mode": row.mode, "above": row.above}, auto_id="%s"),
        "block": BlockForm(bound.get("block"), auto_id="%s"),
        "source": SourceForm(bound.get("source")),
        "lift": LiftForm(bound.get("lift")),
    }
    form = next((part for part in parts.values() if part.is_bound), None)
    if form is not None and form.is_valid() and _done(request, form):
        return redirect(ROUTE)
    moment = now()
    values: dict[str, Any] = {
        "guard_form": parts["guard"],
        "block_form": parts["block"],
        "wrong": form,
        "row": row,
        "lit": row.on_until if row.on_until and row.on_until > moment else None,
        "blocks": open_blocks(moment),
        "sources": busiest_sources(moment),
        "zone": calendar_of(None).zone,
    }
    return page(request, "aturan/penjagaan.html", values, here="console:rules", status=422 if form else 200)


def _done(request: HttpRequest, form: forms.Form) -> bool:
    """Do what the form asks; False with the reason in the form."""
    said, actor, moment = form.cleaned_data, actor_of(request), now()
    try:
        if isinstance(form, GuardForm):
            set_guard(mode=said["mode"], above=said["above"], actor=actor, now=moment)
        elif isinstance(form, BlockForm):
            end = datetime.combine(said["ends_on"], time.max, calendar_of(None).zone)
            block_source(network=said["network"], reason=said["reason"], ends_at=end, actor=actor, now=moment)
        elif isinstance(form, SourceForm):
            source = source_of(said["source"], moment)
            block_source(source=source, reason=said["reason"], actor=actor, now=moment)
        else:
            lift_block(block_id=said["block"], actor=actor, now=moment)
    except Invalid as error:
        show_refusal(form, error)
        return False
    messages.success(request, _("Tersimpan. Berlaku dalam sedetik."))
    return True
