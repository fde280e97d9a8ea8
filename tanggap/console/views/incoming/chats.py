"""Conversations handed to a person: the list, one of them with an answer box, and giving it back to the machine."""

from __future__ import annotations

import secrets

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.channels.models import Chat
from tanggap.channels.policies import ANSWERS_CHATS, chats_visible_to
from tanggap.channels.services.answer_chat import LONGEST_REPLY, answer_chat
from tanggap.channels.services.release_chat import release_chat
from tanggap.common.clock import now
from tanggap.common.errors import Invalid, Refused
from tanggap.common.pagination import keyset_page
from tanggap.console.access import actor_of, own_calendar, with_role
from tanggap.console.incoming import HERE, brand_names, lines_of, reader, sender_words, tabs_of, waiting_chats
from tanggap.console.pages import page

SIZE = 25


class ReplyForm(forms.Form):
    """Words for the citizen. The key makes a double click one message."""

    text = forms.CharField(label=gettext_lazy("Balasan Anda"), max_length=LONGEST_REPLY, widget=forms.Textarea)
    key = forms.RegexField(r"^[0-9a-f]{16}\Z", widget=forms.HiddenInput)


@with_role(*ANSWERS_CHATS)
@require_safe
def chats(request: HttpRequest) -> HttpResponse:
    """`/kerja/masuk/percakapan/`: who has waited longest comes first."""
    actor = actor_of(request)
    shown = keyset_page(
        waiting_chats(reader(actor)), order=("wants_person_since", "id"), cursor=request.GET.get("cursor"), size=SIZE
    )
    names = brand_names()
    values = {
        "tabs": tabs_of(actor, "chats"),
        "page": shown,
        "lines": [
            (row, sender_words(row.channel, row.hint), names.get(row.brand, row.brand), row.held_by_key == actor.key)
            for row in shown.items
        ],
        "zone": own_calendar(actor).zone,
    }
    return page(request, "masuk/percakapan.html", values, here=HERE)


@with_role(*ANSWERS_CHATS)
@require_http_methods(["GET", "HEAD", "POST"])
def chat(request: HttpRequest, chat_id: int) -> HttpResponse:
    """`/kerja/masuk/percakapan/<id>/`: opening it changes nothing; answering takes it."""
    row = _chat(request, chat_id)
    if request.method != "POST":
        return _show(request, row, ReplyForm(initial={"key": secrets.token_hex(8)}))
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            answer_chat(chat_id=chat_id, **form.cleaned_data, actor=reader(actor_of(request)), now=now())
        except Invalid as error:
            form.add_error("text", error.message)
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Balasan Anda dikirim."))
            return redirect("console:chat", chat_id=chat_id)
    return _show(request, row, form, status=422)


def _chat(request: HttpRequest, chat_id: int) -> Chat:
    row = chats_visible_to(reader(actor_of(request))).select_related("case").filter(pk=chat_id).first()
    # Only who was asked for reads along: the talk of everybody else is between the citizen and the machine.
    if row is None or row.wants_person_since is None:
        raise Http404
    return row


def _show(request: HttpRequest, row: Chat, form: ReplyForm, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    values = {
        "chat": row,
        "sender": sender_words(row.channel, row.hint),
        "brand_name": brand_names().get(row.brand, row.brand),
        "lines": lines_of(row),
        "held_by_other": row.held_by_key not in ("", actor.key),
        "form": form,
        "zone": own_calendar(actor).zone,
    }
    return page(request, "masuk/percakapan_satu.html", values, here=HERE, status=status)


@with_role(*ANSWERS_CHATS)
@require_POST
def release(request: HttpRequest, chat_id: int) -> HttpResponse:
    """The machine answers there again."""
    release_chat(chat_id=chat_id, actor=reader(actor_of(request)), now=now())
    messages.success(request, _("Percakapan kembali dijawab otomatis."))
    return redirect("console:chats")
