"""Messages the machine could not hear: read, heard again, made a report, or put aside with a reason."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.cases.texts import LONGEST_TEXT
from tanggap.channels.models import Inbound
from tanggap.channels.policies import ANSWERS_CHATS
from tanggap.channels.services.handle_inbound import LONGEST_REASON, handle_inbound
from tanggap.channels.services.retry_inbound import retry_inbound
from tanggap.common.clock import now
from tanggap.common.errors import Invalid, Refused
from tanggap.common.pagination import keyset_page
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, own_calendar, with_role
from tanggap.console.incoming import (
    HERE,
    brand_names,
    channel_name,
    reader,
    stuck_lines,
    stuck_messages,
    tabs_of,
    words_in,
)
from tanggap.console.pages import page

SIZE = 25


class HandleForm(forms.Form):
    """Words that become a report, or the reason why none."""

    text = forms.CharField(
        label=gettext_lazy("Isi laporan"), max_length=LONGEST_TEXT, required=False, widget=forms.Textarea
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan bila bukan laporan"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=gettext_lazy("Misalnya: iklan, salah kirim, pesan uji."),
    )


@with_role(*ANSWERS_CHATS)
@require_safe
def stuck(request: HttpRequest) -> HttpResponse:
    """`/kerja/masuk/`."""
    actor = actor_of(request)
    rows = stuck_messages(reader(actor))
    shown = keyset_page(rows, order=("-id",), cursor=request.GET.get("cursor"), size=SIZE)
    values = {
        "tabs": tabs_of(actor, "incoming"),
        "page": shown,
        "lines": stuck_lines(shown.items),
        "zone": own_calendar(actor).zone,
    }
    return page(request, "masuk/macet.html", values, here=HERE)


@with_role(*ANSWERS_CHATS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, inbound_id: int) -> HttpResponse:
    """`/kerja/masuk/<id>/`: what came, and what becomes of it."""
    row = _row(request, inbound_id)
    if request.method != "POST":
        return _one(request, row, HandleForm(initial={"text": words_in(row)}))
    form = HandleForm(request.POST)
    if form.is_valid():
        is_report = "laporan" in request.POST
        given = {"text": form.cleaned_data["text"]} if is_report else {"reason": form.cleaned_data["reason"]}
        if is_report and not given["text"].strip():
            form.add_error("text", _("Bagian ini belum diisi."))
            return _one(request, row, form, status=422)
        try:
            case = handle_inbound(inbound_id=inbound_id, **given, actor=reader(actor_of(request)), now=now())
        except Invalid as error:
            show_refusal(form, error)
        except Refused as error:
            messages.error(request, error.message)
            return redirect(HERE)
        else:
            words = _("Menjadi laporan %(number)s.") % {"number": case.tracking_id} if case else _("Pesan disisihkan.")
            messages.success(request, words)
            return redirect(HERE)
    return _one(request, row, form, status=422)


def _row(request: HttpRequest, inbound_id: int) -> Inbound:
    row = stuck_messages(reader(actor_of(request))).filter(pk=inbound_id).first()
    if row is None:
        raise Http404
    return row


def _one(request: HttpRequest, row: Inbound, form: HandleForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    values = {
        "row": row,
        "channel": channel_name(row.channel),
        "brand_name": brand_names().get(row.brand, row.brand),
        "words": words_in(row),
        "form": form,
        "zone": own_calendar(actor).zone,
    }
    return page(request, "masuk/macet_satu.html", values, here=HERE, status=status)


@with_role(*ANSWERS_CHATS)
@require_POST
def retry(request: HttpRequest, inbound_id: int) -> HttpResponse:
    """Heard once more, for example after a channel was mended."""
    try:
        retry_inbound(inbound_id=inbound_id, actor=reader(actor_of(request)), now=now())
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Pesan kembali ke antrean dan segera diolah lagi."))
    return redirect(HERE)
