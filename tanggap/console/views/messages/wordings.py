"""What messages say: read with examples, changed, and set back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.accounts.roles import Role
from tanggap.common.clock import now
from tanggap.common.clockwords import language as reading_language
from tanggap.common.errors import Invalid
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, own_calendar, with_role
from tanggap.console.pages import page
from tanggap.console.template_titles import title_of
from tanggap.console.views.messages.forms import WordingForm
from tanggap.console.views.messages.tabs import HERE, tabs_of
from tanggap.console.wordings import lines_for, own_words, present_words, preview
from tanggap.notify.models import Channel, Wording
from tanggap.notify.own_words import LANGUAGES, is_editable
from tanggap.notify.rendering import Own
from tanggap.notify.services.reset_wording import reset_wording
from tanggap.notify.services.set_wording import set_wording
from tanggap.notify.templates import TEMPLATES

AUDIENCES = ("reporter", "officer", "leader", "ombudsman")


@with_role(Role.NATIONAL_ADMIN)
@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    """`/kerja/pesan/kata/`: every message, with its subject and its SMS as an example."""
    own, language = own_words(), reading_language()
    titles = {
        "reporter": _("Kepada pelapor"),
        "officer": _("Kepada petugas"),
        "leader": _("Kepada pimpinan"),
        "ombudsman": _("Kepada Ombudsman dan inspektorat"),
    }
    values = {
        "tabs": tabs_of(actor_of(request), "wordings"),
        "groups": [(name, titles[name], lines_for(name, language, own)) for name in AUDIENCES],
        "reading": language,
    }
    return page(request, "pesan/kata.html", values, here=HERE)


@with_role(Role.NATIONAL_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, template: str, channel: str, language: str) -> HttpResponse:
    """One message on one channel in one language: two examples, and the form that changes it."""
    _known(template, channel, language)
    own = own_words()
    subject, body = present_words(template, channel, language, own)
    if request.method != "POST":
        form = WordingForm(channel, initial={"subject": subject, "body": body})
        return _show(request, template, channel, language, own, form)
    form = WordingForm(channel, request.POST)
    if form.is_valid():
        try:
            set_wording(
                template=template,
                channel=channel,
                language=language,
                subject=form.cleaned_data.get("subject") or "",
                body=form.cleaned_data["body"],
                actor_key=actor_of(request).key,
                now=now(),
            )
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Tersimpan. Pesan berikutnya memakai kata-kata ini."))
            return redirect("console:wording", template=template, channel=channel, language=language)
    return _show(request, template, channel, language, own, form, status=422)


@with_role(Role.NATIONAL_ADMIN)
@require_POST
def reset(request: HttpRequest, template: str, channel: str, language: str) -> HttpResponse:
    """Back to the words shipped."""
    _known(template, channel, language)
    gone = reset_wording(
        template=template, channel=channel, language=language, actor_key=actor_of(request).key, now=now()
    )
    if gone:
        messages.success(request, _("Kata-kata bawaan berlaku lagi."))
    else:
        messages.info(request, _("Pesan ini memang memakai kata-kata bawaan."))
    return redirect("console:wording", template=template, channel=channel, language=language)


def _known(template: str, channel: str, language: str) -> None:
    if not is_editable(template, channel, language):
        raise Http404


def _show(
    request: HttpRequest, template: str, channel: str, language: str, own: Own, form: WordingForm, status: int = 200
) -> HttpResponse:
    def address(to_channel: str, to_language: str) -> str:
        return reverse("console:wording", args=[template, to_channel, to_language])

    actor = actor_of(request)
    changed: Wording | None = own.get((template, channel, language))
    values = {
        "tabs": tabs_of(actor, "wordings"),
        "title": title_of(template),
        "channels": [(str(label), address(name, language), name == channel, None) for name, label in Channel.choices],
        "languages": [(_LANGUAGE_NAMES[name], address(channel, name), name == language, None) for name in LANGUAGES],
        "language": language,
        "channel": Channel(channel).label,
        "is_sms": channel == Channel.SMS,
        "with_subject": channel == Channel.EMAIL,
        "examples": [
            (name, words, preview(template, channel, language, own, guarded=guarded))
            for name, words, guarded in (
                ("biasa", _("Contoh: laporan biasa"), False),
                ("dilindungi", _("Contoh: laporan rahasia, anonim, atau berkadar pengawasan"), True),
            )
        ],
        "fields": [f"{{{name}}}" for name in TEMPLATES[template].fields],
        "changed": changed,
        "form": form,
        "reset_url": reverse("console:wording-reset", args=[template, channel, language]),
        "zone": own_calendar(actor).zone,
    }
    return page(request, "pesan/kata_satu.html", values, here=HERE, status=status)


_LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}
