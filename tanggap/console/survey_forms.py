"""Forms about satisfaction surveys: a service, a survey, links, the plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.console.agency_form import AgencyForm
from tanggap.surveys.models import Channel
from tanggap.surveys.questions import QUESTIONS
from tanggap.surveys.services.make_links import MOST_AT_ONCE, PERSONAL


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ServiceForm(AgencyForm):
    """A new service."""

    field_order = ("name", "agency")

    name = forms.CharField(
        label=gettext_lazy("Nama layanan"),
        max_length=120,
        help_text=gettext_lazy("Misalnya: Pembuatan KTP, atau Pendaftaran pasien."),
    )


class OpenForm(forms.Form):
    """A new survey of a service."""

    first = forms.DateField(label=gettext_lazy("Hari pertama"), widget=_day())
    last = forms.DateField(label=gettext_lazy("Hari terakhir"), widget=_day())
    population = forms.IntegerField(
        label=gettext_lazy("Orang yang dilayani dalam masa ini"),
        min_value=1,
        max_value=300_000_000,
        help_text=gettext_lazy("Perkiraan dari buku layanan; menentukan berapa jawaban yang diperlukan."),
    )


class LinksForm(forms.Form):
    """Personal links."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Dikirim lewat"),
        choices=[
            (Channel.WHATSAPP, gettext_lazy("WhatsApp: pesan siap kirim")),
            (Channel.PAGE, gettext_lazy("surel atau cara lain")),
        ],
    )
    number = forms.IntegerField(label=gettext_lazy("Berapa tautan"), min_value=1, max_value=MOST_AT_ONCE, initial=50)

    def clean_channel(self) -> str:
        """One of the personal ones."""
        found: str = self.cleaned_data["channel"]
        if found not in PERSONAL:
            raise forms.ValidationError(_("Pilih dari daftar."))
        return found


class PlanForm(forms.Form):
    """One thing that will be done."""

    element = forms.ChoiceField(label=gettext_lazy("Unsur"))
    action = forms.CharField(
        label=gettext_lazy("Apa yang akan dilakukan"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = forms.CharField(
        label=gettext_lazy("Penanggung jawab"),
        max_length=120,
        help_text=gettext_lazy("Jabatan atau bagian, bukan nama orang: rencana ini terbit untuk umum."),
    )
    due_on = forms.DateField(label=gettext_lazy("Paling lambat"), widget=_day())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        # Made anew for each reader, in whose language the names are.
        self.fields["element"] = forms.ChoiceField(
            label=_("Unsur"), choices=[(one.slug, f"{one.code} {one.name}") for one in QUESTIONS]
        )


class ProgressForm(forms.Form):
    """How far it got."""

    progress = forms.IntegerField(label=gettext_lazy("Kemajuan, persen"), min_value=0, max_value=100)
    note = forms.CharField(
        label=gettext_lazy("Keterangan (boleh kosong)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
