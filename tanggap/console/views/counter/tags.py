"""`/kerja/loket/tanda/`: tags of posters, desks and vans, and what came by each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.accounts.actor import Actor
from tanggap.channels.models import TagKind
from tanggap.channels.policies import ANSWERS_CHATS, tags_of
from tanggap.channels.posters.drawing import poster_pdf
from tanggap.channels.selectors.source_tags import monthly_counts
from tanggap.channels.services.end_source_tag import end_source_tag
from tanggap.channels.services.make_source_tag import LONGEST_LABEL, make_source_tag
from tanggap.common import formats
from tanggap.common.clock import now
from tanggap.common.clockwords import language
from tanggap.common.errors import Invalid
from tanggap.common.pagination import keyset_page
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, own_calendar, with_role
from tanggap.console.agency_form import AgencyForm
from tanggap.console.counter.rooms import HERE, tabs_of
from tanggap.console.counter.tags import months_before
from tanggap.console.deeds.places import resolve_region
from tanggap.console.pages import page
from tanggap.directory.models import Region
from tanggap.directory.selectors import region_label

SIZE = 50


class TagForm(AgencyForm):
    """A new tag."""

    field_order = ("label", "kind", "agency", "region")

    label = forms.CharField(
        label=gettext_lazy("Nama"),
        max_length=LONGEST_LABEL,
        help_text=gettext_lazy("Misalnya: Balai desa Karanglo, atau Mobil keliling 2."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Jenis"), choices=TagKind.choices)
    region = forms.CharField(
        label=gettext_lazy("Wilayah"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Nama atau kode; formulir dari poster ini langsung memilihnya. Boleh kosong."),
    )

    def clean_region(self) -> Region | None:
        """By name or code."""
        text = self.cleaned_data["region"].strip()
        if not text:
            return None
        found, several = resolve_region(text, "")
        if found is None:
            names = "; ".join(f"{region_label(row)}: {row.pk}" for row in several[:5])
            raise forms.ValidationError(_("Tulis kodenya. Yang mirip: %(names)s") % {"names": names or "-"})
        return found


@with_role(*ANSWERS_CHATS)
@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: HttpRequest) -> HttpResponse:
    """The list with its counts, and the form for a new one."""
    actor = actor_of(request)
    form = TagForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_source_tag(actor=actor, now=now(), **form.cleaned_data)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Tanda “%(label)s” dibuat. Cetak posternya.") % {"label": made.label})
            return redirect("console:source-tags")
    values = {**_listed(request, actor), "form": form, "tabs": tabs_of(actor, "source-tags")}
    return page(request, "loket/tanda.html", values, here=HERE, status=422 if request.method == "POST" else 200)


def _listed(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    zone = own_calendar(actor).zone
    rows = tags_of(actor.through(*ANSWERS_CHATS)).select_related("agency__body", "region")
    shown = keyset_page(rows, order=("-made_at", "-id"), cursor=request.GET.get("cursor", ""), size=SIZE)
    months = months_before(now().astimezone(zone).date())
    since = datetime(months[-1].year, months[-1].month, 1, tzinfo=zone)
    counts = monthly_counts([row.slug for row in shown.items], since=since, zone=zone)
    lines = [(row, [counts.get(row.slug, {}).get(month, 0) for month in months]) for row in shown.items]
    heads = [formats.plain_date(month, language()).partition(" ")[2] for month in months]
    return {"lines": lines, "months": heads, "page": shown, "kinds": dict(TagKind.choices)}


@with_role(*ANSWERS_CHATS)
@require_POST
def end(request: HttpRequest, tag: str) -> HttpResponse:
    """Take it out of use."""
    ended = end_source_tag(slug=tag, actor=actor_of(request), now=now())
    messages.success(request, _("Tanda “%(label)s” diakhiri; hitungannya tetap.") % {"label": ended.label})
    return redirect("console:source-tags")


@with_role(*ANSWERS_CHATS)
@require_safe
def poster(request: HttpRequest, tag: str) -> HttpResponse:
    """The poster on A4."""
    rows = tags_of(actor_of(request).through(*ANSWERS_CHATS)).select_related("agency")
    row = rows.filter(slug=tag, ended_at__isnull=True).first()
    if row is None:
        raise Http404
    name = f'inline; filename="poster-{row.slug}.pdf"'
    made = poster_pdf(row, now=now())
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": name})
