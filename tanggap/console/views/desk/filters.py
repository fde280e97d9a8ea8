"""`/kerja/saringan/`: inboxes kept under a name."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tanggap.common.clock import now
from tanggap.common.errors import Invalid
from tanggap.console import filters as bar
from tanggap.console import queues
from tanggap.console.access import actor_of, officer, own_agency
from tanggap.console.models import SavedFilter
from tanggap.console.pages import page
from tanggap.console.services.drop_filter import drop_filter
from tanggap.console.services.save_filter import LONGEST_NAME, save_filter


class NameForm(forms.Form):
    """Under which name."""

    name = forms.CharField(label=gettext_lazy("Nama saringan"), max_length=LONGEST_NAME)


@officer
@require_http_methods(["GET", "HEAD", "POST"])
def filters(request: HttpRequest) -> HttpResponse:
    """The address carries the inbox to be kept; those kept already stand below."""
    actor = actor_of(request)
    wanted = queues.filters_of(request.GET)
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        query = queues.kept_query(request.GET)
        try:
            save_filter(name=form.cleaned_data["name"], query=query, actor=actor, now=now())
        except Invalid as error:
            form.add_error("name", error.message)
        else:
            messages.success(request, _("Saringan disimpan. Ia ada di atas kotak masuk Anda."))
            return redirect(f"/kerja/?{query}")
    values = {
        "form": form,
        "narrowed": queues.is_narrowed(wanted),
        "words": bar.chosen_words(bar.selects_of(wanted, own_agency(actor)), wanted),
        "kept_query": queues.kept_query(request.GET),
        "saved": SavedFilter.objects.filter(person_id=actor.own_id),
    }
    return page(request, "saringan.html", values, here="console:inbox", status=422 if form.errors else 200)


@officer
@require_POST
def drop(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Give one up."""
    if not drop_filter(filter_id=filter_id, actor=actor_of(request), now=now()):
        raise Http404
    messages.success(request, _("Saringan dihapus."))
    return redirect("console:filters")
