"""Taking words off the public pages, and showing them again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.cases.models import Case, MessageKind
from tanggap.cases.services.look_at_words import look_at_words
from tanggap.cases.services.moderate_words import LONGEST_REASON, moderate_words
from tanggap.cases.workflow import Action
from tanggap.console.deeds.base import Call, Deed, DeedForm

WHOLE = "laporan"
SEEN = "sudah-dibaca"
SHOWN = 60


class WordsForm(DeedForm):
    """Which words, and why: the reason is read by everybody who reads the case."""

    hidden = False
    entry = forms.ChoiceField(label=gettext_lazy("Bagian mana"))
    reason = forms.CharField(
        label=gettext_lazy("Alasan, dibaca umum"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "class": "short"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.case.messages.filter(draft=False, discarded_at=None, hidden_at__isnull=not self.hidden)
        whole = [(WHOLE, _("Seluruh laporan"))] if self.case.withheld == self.hidden else []
        entries = [
            (str(row.pk), f"{row.get_kind_display()}: {row.public_text[:SHOWN]}")
            for row in rows.exclude(kind=MessageKind.NOTE)
        ]
        field = self.fields["entry"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*whole, *entries]


class ShowForm(WordsForm):
    """The same for what is hidden."""

    hidden = True


def _hide(form: Any, call: Call) -> str:
    _moderate(form, call, hide=True)
    return _("Tidak tampil lagi untuk umum. Alasannya tertulis di laporan.")


def _show(form: Any, call: Call) -> str:
    _moderate(form, call, hide=False)
    return _("Tampil lagi untuk umum.")


def _moderate(form: Any, call: Call, *, hide: bool) -> None:
    said = form.cleaned_data
    moderate_words(
        tracking_id=call.number,
        hide=hide,
        reason=said["reason"],
        message_id=None if said["entry"] == WHOLE else int(said["entry"]),
        actor=call.actor,
        now=call.now,
    )


def _has_hidden(case: Case) -> bool:
    return case.withheld or case.messages.filter(hidden_at__isnull=False).exists()


def _look(form: Any, call: Call) -> str:
    look_at_words(tracking_id=call.number, actor=call.actor, now=call.now)
    return _("Tampil untuk umum, tanpa data pribadi.")


def has_unseen(case: Case) -> bool:
    """Whether the reporter added what the public does not read yet."""
    return case.published and case.messages.filter(unseen=True).exists()


DEEDS = (
    Deed(
        slug=SEEN,
        actions=(Action.LOOK_AT_WORDS,),
        form=DeedForm,
        do=_look,
        title=gettext_lazy("Balasan pelapor sudah dibaca"),
        button=gettext_lazy("Tampilkan untuk umum"),
        link=gettext_lazy("Balasan sudah dibaca …"),
        fits=has_unseen,
    ),
    Deed(
        slug="sembunyikan",
        actions=(Action.HIDE_WORDS,),
        form=WordsForm,
        do=_hide,
        title=gettext_lazy("Sembunyikan dari umum"),
        button=gettext_lazy("Sembunyikan"),
        link=gettext_lazy("Sembunyikan dari umum …"),
        fits=lambda case: case.published,
        waits_for_thread=False,
    ),
    Deed(
        slug="tampilkan",
        actions=(Action.SHOW_WORDS,),
        form=ShowForm,
        do=_show,
        title=gettext_lazy("Tampilkan lagi untuk umum"),
        button=gettext_lazy("Tampilkan"),
        link=gettext_lazy("Tampilkan lagi …"),
        fits=_has_hidden,
        waits_for_thread=False,
    ),
)
