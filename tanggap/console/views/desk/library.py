"""`/kerja/contoh/`: answers a unit writes often. Its officers read them, its coordinator edits them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.cases.texts import LONGEST_TEXT
from tanggap.cases.vocabulary import AnswerKindWord
from tanggap.common.clock import now
from tanggap.common.errors import Invalid
from tanggap.console.access import actor_of, officer, own_agency, with_role
from tanggap.console.library import field_words, may_edit, templates_of
from tanggap.console.models import AnswerTemplate
from tanggap.console.pages import page
from tanggap.console.services.retire_answer_template import retire_answer_template
from tanggap.console.services.save_answer_template import LONGEST_TITLE, TemplateWords, save_answer_template
from tanggap.directory.models import Agency
from tanggap.directory.selectors import units_of

HERE = "console:library"
EDITS = (Role.COORDINATOR, Role.NATIONAL_ADMIN)
MOST_UNITS, MOST_SHOWN = 400, 500


class TemplateForm(forms.Form):
    """Whose text, its name and its words."""

    agency = forms.ChoiceField(
        label=gettext_lazy("Milik"),
        help_text=gettext_lazy("Contoh milik pemerintahnya dipakai semua unit."),
    )
    title = forms.CharField(label=gettext_lazy("Nama contoh"), max_length=LONGEST_TITLE)
    answer_kind = forms.ChoiceField(
        label=gettext_lazy("Untuk"),
        required=False,
        choices=[("", gettext_lazy("Tanggapan (jawaban sementara)")), *AnswerKindWord.choices],
    )
    text = forms.CharField(
        label=gettext_lazy("Teks"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 9})
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = own_agency(actor)
        self.agencies = {str(one.pk): one for one in (here, *units_of(here).order_by("name")[:MOST_UNITS])}
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, one.name) for key, one in self.agencies.items()]

    @property
    def owner(self) -> Agency:
        """The chosen agency."""
        return self.agencies[self.cleaned_data["agency"]]


@officer
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Everything the reader may use, by unit."""
    actor = actor_of(request)
    rows = list(templates_of(actor)[:MOST_SHOWN])
    values = {
        "rows": [(row, may_edit(actor, row.agency)) for row in rows],
        "edits": actor.has_role(*EDITS),
    }
    return page(request, "contoh.html", values, here=HERE)


@with_role(*EDITS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new text."""
    return _edited(request, None)


@with_role(*EDITS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, template_id: int) -> HttpResponse:
    """Change one."""
    return _edited(request, _editable(request, template_id))


@with_role(*EDITS)
@require_POST
def retire(request: HttpRequest, template_id: int) -> HttpResponse:
    """Take one off the lists."""
    retire_answer_template(template=_editable(request, template_id), actor=actor_of(request), now=now())
    messages.success(request, _("Contoh dihapus dari daftar."))
    return redirect("console:library")


def _editable(request: HttpRequest, template_id: int) -> AnswerTemplate:
    actor = actor_of(request)
    row = templates_of(actor).filter(pk=template_id).first()
    if row is None or not may_edit(actor, row.agency):
        raise Http404
    return row


def _edited(request: HttpRequest, row: AnswerTemplate | None) -> HttpResponse:
    actor = actor_of(request)
    initial = (
        {"agency": str(row.agency_id), "title": row.title, "answer_kind": row.answer_kind, "text": row.text}
        if row
        else {}
    )
    form = TemplateForm(request.POST if request.method == "POST" else None, actor=actor, initial=initial)
    if request.method == "POST" and form.is_valid() and _saved(form, row, actor):
        messages.success(request, _("Contoh disimpan. Petugas menemukannya di bawah kotak jawaban."))
        return redirect("console:library")
    values = {"form": form, "row": row, "fields": field_words()}
    return page(request, "contoh_satu.html", values, here=HERE, status=422 if form.errors else 200)


def _saved(form: TemplateForm, row: AnswerTemplate | None, actor: Actor) -> bool:
    said = form.cleaned_data
    words = TemplateWords(title=said["title"], text=said["text"], answer_kind=said["answer_kind"])
    try:
        save_answer_template(agency=form.owner, words=words, actor=actor, now=now(), template=row)
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    return True
