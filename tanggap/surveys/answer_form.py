"""The nine questions as a form, for everybody's page and for paper at the counter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.surveys.ikm import ELEMENTS, LOWEST
from tanggap.surveys.models import TRAITS
from tanggap.surveys.questions import QUESTIONS

LABELS = {
    "age": gettext_lazy("Umur"),
    "sex": gettext_lazy("Jenis kelamin"),
    "schooling": gettext_lazy("Pendidikan terakhir"),
}


class AnswerForm(forms.Form):
    """Nine questions, then three that may stay empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        for number, question in enumerate(QUESTIONS, start=1):
            words = _("Pertanyaan %(number)s belum dijawab: pilih salah satu jawabannya.") % {"number": number}
            self.fields[question.slug] = forms.TypedChoiceField(
                label=f"{number}. {question.text}",
                choices=list(enumerate(question.answers, start=LOWEST)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": words, "invalid_choice": words},
            )
        for name, known in TRAITS.items():
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name], required=False, choices=[("", _("Tidak ingin menyebut")), *known.choices]
            )

    @property
    def questions(self) -> list[forms.BoundField]:
        """The nine, to be drawn."""
        return [self[name] for name in ELEMENTS]

    @property
    def traits(self) -> list[forms.BoundField]:
        """The others."""
        return [self[name] for name in TRAITS]

    @property
    def ratings(self) -> dict[str, int]:
        """What was chosen, of a valid form."""
        return {name: self.cleaned_data[name] for name in ELEMENTS}

    @property
    def told(self) -> dict[str, str]:
        """What the person told about themselves, of a valid form."""
        return {name: self.cleaned_data[name] for name in TRAITS}


class PaperForm(AnswerForm):
    """The same, from a numbered sheet."""

    sheet = forms.CharField(
        label=gettext_lazy("Nomor lembar"),
        max_length=20,
        help_text=gettext_lazy("Beri nomor pada setiap lembar; nomor yang sama tidak diterima dua kali."),
    )
