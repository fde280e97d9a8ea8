"""`/kerja/radio/`: what a station may read out of one day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tanggap.accounts.actor import Actor
from tanggap.cases.selectors.rundown import rundown
from tanggap.channels.policies import ENTERS_CASES
from tanggap.common.clock import now
from tanggap.console.access import actor_of, own_agency, own_calendar, with_role
from tanggap.console.counter.rooms import HERE, tabs_of
from tanggap.console.deeds.places import resolve_agency, resolve_region
from tanggap.console.pages import page
from tanggap.console.radio.sheet import parts_of, sheet_pdf
from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import region_label


class SheetForm(forms.Form):
    """Of whom, where, when. Any agency: what stands on the sheet is public."""

    instansi = forms.CharField(label=gettext_lazy("Instansi"), max_length=250, required=False)
    wilayah = forms.CharField(
        label=gettext_lazy("Wilayah"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Kabupaten atau lebih kecil."),
    )
    tanggal = forms.DateField(
        label=gettext_lazy("Tanggal"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Tanggal ini tidak terbaca. Contoh: 25-11-2026.")},
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )

    def __init__(self, *args: Any, own: Agency | None, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        self.own = own

    def clean_instansi(self) -> Agency | None:
        """By name or code; the nation has no sheet."""
        text = self.cleaned_data["instansi"].strip()
        found = resolve_agency(text, self.own)[0] or resolve_agency(text, None)[0] if text else None
        if text and (found is None or found.parent_id is None):
            raise forms.ValidationError(_("Tulis kode atau nama lengkap satu instansi."))
        return found

    def clean_wilayah(self) -> Region | None:
        """By name or code, a regency or smaller: a province reads out nothing of everybody."""
        text = self.cleaned_data["wilayah"].strip()
        found = resolve_region(text, "")[0] if text else None
        if text and (found is None or "." not in found.pk):
            raise forms.ValidationError(_("Tulis kode atau nama lengkap satu wilayah, kabupaten atau lebih kecil."))
        return found

    def clean(self) -> dict[str, Any]:
        """One of both is needed."""
        values = super().clean() or self.cleaned_data
        if not self.errors and not (values.get("instansi") or values.get("wilayah")):
            self.add_error("instansi", _("Pilih instansi atau wilayah."))
        return values

    def of(self) -> str:
        """Whose sheet it is, in words."""
        agency, region = self.cleaned_data["instansi"], self.cleaned_data["wilayah"]
        parts = [agency.full_name if agency else "", region_label(region) if region else ""]
        return " · ".join(part for part in parts if part)


def _form(request: HttpRequest, actor: Actor) -> SheetForm:
    """What the address asks for; without anything the own government, today. Who has none is asked, not blamed."""
    own = own_agency(actor).body
    today: date = now().astimezone(own_calendar(actor).zone).date()
    given = {name: request.GET[name].replace("\x00", "") for name in SheetForm.base_fields if name in request.GET}
    if own is None and not given:
        return SheetForm(initial={"tanggal": today}, own=None)
    given.setdefault("tanggal", today.isoformat())
    if own is not None and not given.keys() & {"instansi", "wilayah"}:
        given["instansi"] = own.code
    return SheetForm(given, own=own)


def _found(form: SheetForm, actor: Actor) -> Any:
    asked = form.cleaned_data
    zone = own_calendar(actor).zone
    return rundown(agency=asked["instansi"], region=asked["wilayah"], day=asked["tanggal"], zone=zone)


@with_role(*ENTERS_CASES)
@require_safe
def radio(request: HttpRequest) -> HttpResponse:
    """The sheet on the screen, to be printed."""
    actor = actor_of(request)
    form = _form(request, actor)
    values: dict[str, Any] = {"form": form, "tabs": tabs_of(actor, "radio"), "query": request.GET.urlencode()}
    if form.is_valid():
        values |= {"parts": parts_of(_found(form, actor)), "of": form.of(), "day": form.cleaned_data["tanggal"]}
    return page(request, "loket/radio.html", values, here=HERE)


@with_role(*ENTERS_CASES)
@require_safe
def radio_pdf(request: HttpRequest) -> HttpResponse:
    """The same on A4."""
    actor = actor_of(request)
    form = _form(request, actor)
    if not form.is_valid():
        return redirect("console:radio")
    day = form.cleaned_data["tanggal"]
    made = sheet_pdf(_found(form, actor), of=form.of(), day=day, now=now())
    name = f'inline; filename="lembar-radio-{day.isoformat()}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": name})
