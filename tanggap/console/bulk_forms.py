"""What is asked once for several cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import standings
from tanggap.cases.texts import LONGEST_TEXT
from tanggap.cases.vocabulary import ClassificationWord
from tanggap.console.colleagues import colleagues_for
from tanggap.console.deeds.moving import ForwardForm as OneForwardForm
from tanggap.console.deeds.places import DestinationForm
from tanggap.directory.models import Agency

Values = dict[str, Any]


class _ToOneUnit(DestinationForm):
    """One destination for all. `kept`: what an earlier press carried."""

    def __init__(self, *args: Any, kept: Values | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=kept, **kwargs)
        agency = Agency.objects.filter(pk=kept["agency_id"]).first() if kept else None
        if agency is not None:
            self._offer([agency])
            self.initial["unit"] = agency.code

    def chosen(self) -> int:
        """The id of the destination of a valid form."""
        assert self.agency is not None
        return self.agency.pk


class VerifyForm(_ToOneUnit):
    """One destination for all; the classification for those that have none."""

    classification = forms.ChoiceField(
        label=gettext_lazy("Klasifikasi, untuk yang belum punya"),
        choices=ClassificationWord.choices,
        widget=forms.RadioSelect,
    )

    def values(self) -> Values:
        """What each case's turn needs."""
        return {"agency_id": self.chosen(), "classification": self.cleaned_data["classification"]}


class ForwardForm(_ToOneUnit, OneForwardForm):
    """One destination and one reason for all."""

    def values(self) -> Values:
        """What each case's turn needs."""
        return {"agency_id": self.chosen(), "reason": self.cleaned_data["reason"]}


class QuestionForm(forms.Form):
    """One question for all."""

    question = forms.CharField(
        label=gettext_lazy("Pertanyaan kepada setiap pelapor"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "class": "short"}),
    )

    def values(self) -> Values:
        """What each case's turn needs."""
        return {"question": self.cleaned_data["question"]}


class AssignForm(forms.Form):
    """One colleague for all; the service asks for each case whether he can answer it."""

    colleague = forms.ChoiceField(label=gettext_lazy("Petugas"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["colleague"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.pk), one.name) for one in colleagues_for(case)]

    def values(self) -> Values:
        """What each case's turn needs."""
        return {"person_id": int(self.cleaned_data["colleague"])}


def form_for(slug: str, data: Any, *, actor: Actor, case: Case, kept: Values | None) -> Any:
    """The form of a bulk deed, empty, as sent (`data`) or as an earlier press carried it (`kept`).

    Suggestions are those of `case`, the first; the others are listed with it, and the officer chose them together.
    """
    if slug == "tanya":
        return QuestionForm(data, initial=kept)
    if slug == "tugaskan":
        return AssignForm(data, case=case, initial={"colleague": str(kept["person_id"])} if kept else None)
    form = ForwardForm if slug == "teruskan" else VerifyForm
    return form(data, kept=kept, case=case, actor=actor, standings=standings(actor, case))
