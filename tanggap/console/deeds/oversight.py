"""The ombudsman asks, the agency answers; neither the reporter nor the public reads it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.cases.inquiries import awaits_answer, inquiries_for, may_answer
from tanggap.cases.services.answer_inquiry import answer_inquiry
from tanggap.cases.services.ask_agency import ask_agency
from tanggap.cases.texts import LONGEST_TEXT
from tanggap.cases.workflow import Action
from tanggap.console.deeds.base import Call, Deed, DeedForm


class AskForm(DeedForm):
    """What the agency should explain."""

    question = forms.CharField(
        label=gettext_lazy("Pertanyaan kepada instansi"),
        help_text=gettext_lazy("Dibaca instansi ini dan atasannya. Pelapor dan umum tidak membacanya."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerForm(DeedForm):
    """The answer to one question; which one is asked only where several wait."""

    inquiry = forms.TypedChoiceField(
        label=gettext_lazy("Menjawab pertanyaan"), coerce=int, empty_value=None, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=gettext_lazy("Jawaban kepada Ombudsman"),
        help_text=gettext_lazy("Jangan menulis nama pelapor."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = [
            row
            for row in inquiries_for(self.actor, self.case, self.standings)
            if row.answered_at is None and may_answer(self.actor, self.case, row, self.standings)
        ]
        field = self.fields["inquiry"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row.pk, row.question) for row in reversed(waiting)]
        if len(waiting) == 1:
            self.initial.setdefault("inquiry", waiting[0].pk)


def _ask(form: Any, call: Call) -> str:
    inquiry = ask_agency(
        tracking_id=call.number, question=form.cleaned_data["question"], actor=call.actor, now=call.now
    )
    return _("Pertanyaan dikirim kepada %(agency)s.") % {"agency": inquiry.agency.full_name}


def _answer(form: Any, call: Call) -> str:
    said = form.cleaned_data
    answer_inquiry(
        tracking_id=call.number,
        inquiry_id=said["inquiry"],
        answer=said["answer"],
        actor=call.actor,
        now=call.now,
    )
    return _("Jawaban dikirim kepada Ombudsman.")


DEEDS = (
    Deed(
        slug="tanya-instansi",
        actions=(Action.ASK_AGENCY,),
        form=AskForm,
        do=_ask,
        title=gettext_lazy("Tanya instansi"),
        button=gettext_lazy("Kirim pertanyaan"),
        link=gettext_lazy("Tanya instansi …"),
        waits_for_thread=False,
    ),
    Deed(
        slug="jawab-ombudsman",
        actions=(Action.ANSWER_INQUIRY,),
        form=AnswerForm,
        do=_answer,
        title=gettext_lazy("Jawab Ombudsman"),
        button=gettext_lazy("Kirim jawaban"),
        fits=awaits_answer,
        waits_for_thread=False,
    ),
)
