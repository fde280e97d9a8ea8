"""What people whom a case tells about asked to have hidden: accepted or declined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.cases.hiding import Wish, wish_of
from tanggap.cases.models import Case, HidingRequest
from tanggap.cases.services.decide_hiding import decide_hiding
from tanggap.cases.workflow import Action
from tanggap.console.deeds.base import Call, Deed
from tanggap.console.deeds.moderating import WHOLE, WordsForm

ACCEPT, DECLINE = "accept", "decline"


class HidingForm(WordsForm):
    """Which wish, how it ends and why."""

    template = "console/parts/permintaan.html"
    field_order = ("request", "decision", "entry", "reason")

    request = forms.TypedChoiceField(label=gettext_lazy("Permintaan"), coerce=int)
    decision = forms.ChoiceField(
        label=gettext_lazy("Putusan"),
        choices=[(ACCEPT, gettext_lazy("Sembunyikan")), (DECLINE, gettext_lazy("Tolak"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = waiting_in(self.case)
        self.wishes: Sequence[tuple[HidingRequest, Wish]] = [(row, wish_of(row)) for row in rows]
        request = self.fields["request"]
        assert isinstance(request, forms.ChoiceField)
        request.choices = [(row.pk, _("Permintaan no. %(n)d") % {"n": row.pk}) for row in rows]
        self.fields["entry"].label = _("Bila disembunyikan: bagian mana")
        self.fields["entry"].required = False
        self.fields["reason"].label = _("Alasan")
        self.fields["reason"].help_text = _(
            "Dikirim kepada peminta bila ia meninggalkan alamat. Bila disembunyikan, dibaca umum di laporan: jangan "
            "sebut siapa yang meminta."
        )


def waiting_in(case: Case) -> list[HidingRequest]:
    """The wishes about a case that nobody decided, oldest first."""
    return list(case.hiding_requests.filter(decided_at=None).order_by("asked_at", "pk"))


def _decide(form: Any, call: Call) -> str:
    said = form.cleaned_data
    accept = said["decision"] == ACCEPT
    decide_hiding(
        tracking_id=call.number,
        request_id=said["request"],
        accept=accept,
        reason=said["reason"],
        message_id=None if said["entry"] in ("", WHOLE) else int(said["entry"]),
        actor=call.actor,
        now=call.now,
    )
    if accept:
        return _("Tidak tampil lagi untuk umum. Tulisan peminta sudah dihapus.")
    return _("Permintaan ditolak. Tulisan peminta sudah dihapus.")


DEEDS = (
    Deed(
        slug="permintaan",
        actions=(Action.SHOW_WORDS,),
        form=HidingForm,
        do=_decide,
        title=gettext_lazy("Permintaan menyembunyikan data"),
        button=gettext_lazy("Putuskan"),
        link=gettext_lazy("Putuskan permintaan menyembunyikan data …"),
        fits=lambda case: case.hiding_requests.filter(decided_at=None).exists(),
        waits_for_thread=False,
    ),
)
