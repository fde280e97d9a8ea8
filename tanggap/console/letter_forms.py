"""Forms about letters: the official number, an order with its day, how an agency's letters leave."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.accounts.roles import Role
from tanggap.escalation.letters.numbering import check_pattern


class NumberForm(forms.Form):
    """What the official correspondence system gave."""

    number = forms.CharField(label=_("Nomor dari sistem persuratan resmi"), max_length=120)
    paper = forms.FileField(
        label=_("Surat bertanda tangan, PDF (boleh dikosongkan)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )


class OrderForm(forms.Form):
    """What is to be done, and by when."""

    text = forms.CharField(
        label=_("Apa yang harus dilakukan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = forms.DateField(
        label=_("Paling lambat"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()


class OutcomeForm(forms.Form):
    """What came of an order."""

    outcome = forms.CharField(label=_("Hasilnya"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class LetterRulesForm(forms.Form):
    """How the letters of one agency leave."""

    signing = forms.TypedChoiceField(
        label=_("Cara terbit"),
        choices=[
            ("no", _("Langsung terbit atas nama jabatan")),
            ("yes", _("Menunggu tanda tangan; nomor diberikan saat ditandatangani")),
        ],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    signatory_role = forms.ChoiceField(
        label=_("Penanda tangan"),
        choices=[(role.value, role.label) for role in (Role.SEKDA, Role.REGIONAL_HEAD, Role.INSPECTOR)],
    )
    number_format = forms.CharField(
        label=_("Bentuk nomor"),
        max_length=80,
        help_text=_("Isian: {serial:03d} urutan, {agency} kode instansi, {month} bulan Romawi, {year} tahun."),
    )
    place = forms.CharField(label=_("Tempat terbit (boleh dikosongkan)"), max_length=80, required=False)

    def clean_number_format(self) -> str:
        pattern: str = self.cleaned_data["number_format"].strip()
        try:
            check_pattern(pattern)
        except forms.ValidationError as error:
            raise forms.ValidationError(
                _("Bentuk nomor harus memuat {serial} dan {year}; selain itu hanya {agency} dan {month}.")
            ) from error
        return pattern
