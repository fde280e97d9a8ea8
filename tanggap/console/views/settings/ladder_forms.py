"""The editor of a ladder: one fieldset for each step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.console.ladder_words import channel_name, kind_name, role_name
from tanggap.console.template_titles import title_of
from tanggap.console.views.settings.calendar_forms import date_input
from tanggap.escalation.ladder_edits import (
    CHANNELS,
    EARLIEST_BEFORE_LIMIT,
    FARTHEST,
    MOST_STEPS,
    POSTS,
    ROLES,
    WORDS,
    StepWish,
)
from tanggap.escalation.models import LadderStep

BLANKS = 1
START, LIMIT = "start", "limit"


class StepForm(forms.Form):
    """One step; an empty one (no day) is left out."""

    offset = forms.IntegerField(
        label=_("Hari atau jam ke-"),
        min_value=EARLIEST_BEFORE_LIMIT,
        max_value=FARTHEST,
        help_text=_("0 seketika. Sebelum batas: angka minus."),
    )
    anchor = forms.ChoiceField(label=_("Dihitung dari"), choices=[(START, _("mulainya jam")), (LIMIT, _("batasnya"))])
    unit = forms.ChoiceField(
        label=_("Satuan"),
        choices=[
            ("working_days", _("hari kerja")),
            ("calendar_days", _("hari kalender")),
            ("hours", _("jam, siang dan malam")),
        ],
    )
    kind = forms.ChoiceField(label=_("Bentuk"))
    role = forms.ChoiceField(label=_("Kepada"))
    template = forms.ChoiceField(label=_("Pesan"))
    channel = forms.ChoiceField(label=_("Lewat"), required=False)
    copies = forms.MultipleChoiceField(label=_("Tembusan"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offers = {
            "kind": [(kind.value, kind_name(kind.value)) for kind in LadderStep.Kind],
            "role": [(role, role_name(role)) for role in ROLES],
            "template": sorted(((name, title_of(name)) for name in WORDS), key=lambda offer: offer[1]),
            "channel": [(channel, channel_name(channel)) for channel in CHANNELS],
            "copies": [(role, role_name(role)) for role in POSTS],
        }
        for name, choices in offers.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """A further step without a day was left blank: its lists always say something."""
        if self.empty_permitted and self["offset"].value() in (None, ""):
            return False
        return super().has_changed()

    @property
    def wish(self) -> StepWish:
        """The step as typed. Only after `is_valid()`."""
        said = self.cleaned_data
        return StepWish(
            kind=said["kind"],
            offset=said["offset"],
            from_limit=said["anchor"] == LIMIT,
            unit=said["unit"],
            role=said["role"],
            template=said["template"],
            channel=said["channel"],
            copies=tuple(said["copies"]),
        )


StepForms: Any = forms.formset_factory(
    StepForm, extra=BLANKS, can_delete=True, max_num=MOST_STEPS, absolute_max=MOST_STEPS + BLANKS, validate_max=True
)


class VersionForm(forms.Form):
    """From when, on what basis; and a case to try it on."""

    valid_from = forms.DateField(
        label=_("Berlaku mulai"),
        widget=date_input(),
        help_text=_("Paling cepat besok. Jam yang sudah berjalan tetap memakai tangga pada hari ia mulai."),
    )
    source = forms.CharField(label=_("Dasar aturan"), max_length=200)


class TryForm(forms.Form):
    """A case to try the ladder on."""

    number = forms.CharField(
        label=_("Nomor pelacakan"), max_length=64, help_text=_("Laporan yang dapat Anda buka. Tidak ada yang dikirim.")
    )


class EndForm(forms.Form):
    """Back to the ladder above."""

    first_day = forms.DateField(label=_("Mulai tanggal"), widget=date_input())


def step_forms(steps: Iterable[StepWish]) -> Any:
    """The forms of the steps there are, and a blank one."""
    return StepForms(initial=[_initial(step) for step in steps], prefix="s")


def _initial(step: StepWish) -> dict[str, Any]:
    return {
        "offset": step.offset,
        "anchor": LIMIT if step.from_limit else START,
        "unit": step.unit,
        "kind": step.kind,
        "role": step.role,
        "template": step.template,
        "channel": step.channel,
        "copies": list(step.copies),
    }


def wishes_of(forms_: Any) -> Sequence[StepWish]:
    """The steps that were typed and not crossed out. Only after `is_valid()`."""
    return [form.wish for form in forms_ if form.cleaned_data and not form.cleaned_data.get("DELETE")]
