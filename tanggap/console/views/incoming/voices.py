"""Voice notes: listen, and write down what they say."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.cases.texts import LONGEST_TEXT
from tanggap.channels.models import VoiceNote
from tanggap.channels.policies import ANSWERS_CHATS
from tanggap.channels.services.write_voice_note import write_voice_note
from tanggap.common.clock import now
from tanggap.common.errors import Invalid, Refused
from tanggap.common.pagination import keyset_page
from tanggap.console.access import actor_of, own_calendar, with_role
from tanggap.console.incoming import HERE, reader, tabs_of, voice_lines, waiting_voices
from tanggap.console.pages import page

SIZE = 25


class TranscriptForm(forms.Form):
    """What is heard."""

    text = forms.CharField(
        label=gettext_lazy("Isi rekaman"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        help_text=gettext_lazy("Tulis apa yang diucapkan, tanpa mengubah maksudnya."),
    )


@with_role(*ANSWERS_CHATS)
@require_safe
def voices(request: HttpRequest) -> HttpResponse:
    """`/kerja/masuk/suara/`: the oldest first."""
    actor = actor_of(request)
    rows = waiting_voices(reader(actor)).select_related("case")
    shown = keyset_page(rows, order=("received_at", "id"), cursor=request.GET.get("cursor"), size=SIZE)
    values = {
        "tabs": tabs_of(actor, "voices"),
        "page": shown,
        "lines": voice_lines(shown.items),
        "zone": own_calendar(actor).zone,
    }
    return page(request, "masuk/suara.html", values, here=HERE)


@with_role(*ANSWERS_CHATS)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, note_id: int) -> HttpResponse:
    """`/kerja/masuk/suara/<id>/`."""
    actor = actor_of(request)
    note: VoiceNote = get_object_or_404(waiting_voices(reader(actor)).select_related("case"), pk=note_id)
    form = TranscriptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            write_voice_note(note_id=note_id, text=form.cleaned_data["text"], actor=reader(actor), now=now())
        except Invalid as error:
            form.add_error("text", error.message)
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Isi rekaman masuk ke laporan."))
            return redirect("console:voices")
    values = {"line": voice_lines([note])[0], "form": form, "zone": own_calendar(actor).zone}
    return page(request, "masuk/suara_satu.html", values, here=HERE, status=422 if request.method == "POST" else 200)
