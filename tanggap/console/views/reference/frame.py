"""What the pages of reference data share: the tabs, and a change from its form over its preview to its service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tanggap.common.clock import now
from tanggap.common.errors import TanggapError
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of
from tanggap.console.pages import page
from tanggap.console.reference.deeds import Change, form_of

HERE = "console:reference"


def reference_page(
    request: HttpRequest, template: str, values: dict[str, Any], *, tab: str, status: int = 200
) -> HttpResponse:
    """A page with the tabs of the room."""
    rooms = [
        (_("Instansi"), "reference"),
        (_("Kategori"), "reference-categories"),
        (_("Impor dan ekspor"), "reference-import"),
    ]
    tabs = [(title, reverse(f"console:{name}"), name == tab, None) for title, name in rooms]
    tabs.append((_("Semua tabel"), reverse("admin:index"), False, None))
    return page(request, f"acuan/{template}", {"tabs": tabs, **values}, here=HERE, status=status)


def change_named(changes: Sequence[Change], slug: str) -> Change:
    """Raises Http404 for what cannot be done."""
    for change in changes:
        if change.slug == slug:
            return change
    raise Http404


def make_change(request: HttpRequest, change: Change, row: Any, *, back: str, tab: str) -> HttpResponse:
    """The form; posted, what it would do; posted again with `simpan`, done."""
    asked = request.POST if request.method == "POST" else None
    form = form_of(change, row)(asked, initial=change.initial(row))
    preview: list[str] = []
    if asked is not None and form.is_valid():
        actor, moment = actor_of(request), now()
        try:
            preview = list(change.effects(row, form.cleaned_data, actor, moment))
            if "simpan" in asked:
                change.run(row, {**form.cleaned_data, "actor_key": actor.key, "now": moment})
                messages.success(request, _("Tersimpan."))
                return redirect(back)
        except TanggapError as error:
            preview = []
            show_refusal(form, error)
    values = {
        "change": change,
        "row": row,
        "form": form,
        "preview": preview,
        "kept": _kept(form) if preview else [],
        "back_url": back,
    }
    status = 422 if form.is_bound and not preview else 200
    return reference_page(request, "ubah.html", values, tab=tab, status=status)


def _kept(form: forms.Form) -> list[tuple[str, str]]:
    """What was typed, to be sent again with the second button."""
    found = ((name, form.data.get(name)) for name in form.fields)
    return [(name, value) for name, value in found if value is not None]
