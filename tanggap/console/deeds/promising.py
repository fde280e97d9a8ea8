"""Saying that a promise was kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.cases.models import Case
from tanggap.cases.services.keep_pledge import keep_pledge
from tanggap.cases.texts import LONGEST_TEXT
from tanggap.cases.workflow import Action
from tanggap.console.deeds.base import Call, Deed, DeedForm


class KeptForm(DeedForm):
    """What was done."""

    text = forms.CharField(
        label=gettext_lazy("Apa yang sudah dikerjakan?"),
        help_text=gettext_lazy("Sebut apa, kapan, dan oleh siapa. Pelapor membacanya persis seperti ini."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "class": "short"}),
    )


def _kept(form: Any, call: Call) -> str:
    keep_pledge(tracking_id=call.number, text=form.cleaned_data["text"], actor=call.actor, now=call.now)
    return _("Tercatat: janji ini sudah dikerjakan. Pelapor membacanya di halaman laporannya.")


def _owed(case: Case) -> bool:
    return case.answered_at is not None and case.pledges.filter(settled_at__isnull=True).exists()


DEEDS = (
    Deed(
        slug="janji",
        actions=(Action.KEEP_PLEDGE,),
        form=KeptForm,
        do=_kept,
        title=gettext_lazy("Janji sudah dikerjakan"),
        button=gettext_lazy("Catat dan beri tahu pelapor"),
        link=gettext_lazy("Janji sudah dikerjakan …"),
        fits=_owed,
        waits_for_thread=False,
    ),
)
