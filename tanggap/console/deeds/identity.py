"""Asking to see who wrote: with a reason, recorded, told to the reporter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.cases.services.reveal_identity import LONGEST_REASON, reveal_identity
from tanggap.cases.workflow import Action
from tanggap.console.deeds.base import Call, Deed, DeedForm


class RevealForm(DeedForm):
    """Why the work cannot be done without."""

    reason = forms.CharField(
        label=gettext_lazy("Mengapa identitas pelapor diperlukan?"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Alasan ini dicatat, dan pelapor diberi tahu."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "short"}),
    )


def _reveal(form: Any, call: Call) -> str:
    _reveal_row, contact = reveal_identity(
        tracking_id=call.number, reason=form.cleaned_data["reason"], actor=call.actor, now=call.now
    )
    if contact is None:
        return _("Permintaan dicatat. Laporan ini anonim: orang kedua dari luar instansi harus menyetujuinya.")
    return _("Identitas terbuka bagi Anda selama 24 jam.")


DEEDS = (
    Deed(
        slug="identitas",
        actions=(Action.REVEAL_IDENTITY,),
        form=RevealForm,
        do=_reveal,
        title=gettext_lazy("Minta identitas dibuka"),
        button=gettext_lazy("Minta dibuka"),
        look="warn",
        waits_for_thread=False,
    ),
)
