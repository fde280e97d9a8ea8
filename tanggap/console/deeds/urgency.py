"""Marking a case urgent, or saying that its words only sounded so."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.cases.models import Case
from tanggap.cases.services.mark_urgent import LONGEST_REASON, mark_urgent
from tanggap.cases.workflow import Action
from tanggap.console.deeds.base import Call, Deed, DeedForm


class UrgencyForm(DeedForm):
    """Why, for colleagues to read."""

    reason = forms.CharField(
        label=gettext_lazy("Alasan, dibaca petugas"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "class": "short"}),
    )


def _mark(form: Any, call: Call) -> str:
    reason = form.cleaned_data["reason"]
    mark_urgent(tracking_id=call.number, urgent=True, reason=reason, actor=call.actor, now=call.now)
    return _("Laporan bertanda mendesak. Batas waktunya kini dalam jam.")


def _lift(form: Any, call: Call) -> str:
    reason = form.cleaned_data["reason"]
    mark_urgent(tracking_id=call.number, urgent=False, reason=reason, actor=call.actor, now=call.now)
    return _("Tanda mendesak dicabut. Batas waktu yang biasa berlaku lagi.")


def _unanswered(case: Case) -> bool:
    return case.first_answered_at is None


DEEDS = (
    Deed(
        slug="mendesak",
        actions=(Action.MARK_URGENT,),
        form=UrgencyForm,
        do=_mark,
        title=gettext_lazy("Tandai mendesak"),
        button=gettext_lazy("Tandai mendesak"),
        link=gettext_lazy("Tandai mendesak …"),
        look="warn",
        fits=lambda case: not case.urgent and _unanswered(case),
        waits_for_thread=False,
    ),
    Deed(
        slug="tidak-mendesak",
        actions=(Action.MARK_URGENT,),
        form=UrgencyForm,
        do=_lift,
        title=gettext_lazy("Cabut tanda mendesak"),
        button=gettext_lazy("Cabut tanda"),
        link=gettext_lazy("Cabut tanda mendesak …"),
        fits=lambda case: case.urgent and _unanswered(case),
        waits_for_thread=False,
    ),
)
