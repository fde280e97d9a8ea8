"""Forms of the changes to reference data. Every one asks for a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.common.errors import TanggapError
from tanggap.directory.models import Agency, AgencyAlias, Category
from tanggap.directory.selectors import find_agency, offered_categories

KINDS = [(kind.value, kind.label) for kind in Agency.Kind if kind != Agency.Kind.NATION]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReasonForm(forms.Form):
    """Why: kept for ever in the history."""

    reason = forms.CharField(
        label=_("Dasar atau alasan"),
        max_length=500,
        help_text=_("Misalnya Perda Nomor 3 Tahun 2026. Tercatat dalam riwayat."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        self.order_fields([name for name in self.fields if name != "reason"])


class AgencyField(forms.CharField):
    """An agency by name, alias or code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=250, help_text=_("Nama, sebutan, atau kode."), **kwargs)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        try:
            return find_agency(typed)
        except TanggapError as error:
            raise forms.ValidationError(error.message) from error


class UnitForm(ReasonForm):
    """A new agency below another."""

    name = forms.CharField(label=_("Nama"), max_length=250)
    short_name = forms.CharField(label=_("Nama singkat"), max_length=80, required=False)
    code = forms.CharField(label=_("Kode"), max_length=62, help_text=_("Tidak dapat diubah lagi."))
    kind = forms.ChoiceField(label=_("Jenis"), choices=KINDS, initial=Agency.Kind.UNIT)
    topics = forms.CharField(
        label=_("Urusan"), max_length=400, required=False, help_text=_("Dipisah titik koma. Usulan tujuan memakainya.")
    )


class NameForm(ReasonForm):
    """Another name."""

    name = forms.CharField(label=_("Nama baru"), max_length=250)
    short_name = forms.CharField(label=_("Nama singkat"), max_length=80, required=False)


class DescribeForm(ReasonForm):
    """Topics, and the rule of two people."""

    topics = forms.CharField(
        label=_("Urusan"),
        max_length=400,
        required=False,
        widget=forms.Textarea,
        help_text=_("Dipisah titik koma. Usulan tujuan memakainya."),
    )
    two_person_answers = forms.BooleanField(label=_("Jawaban disetujui orang kedua sebelum terkirim"), required=False)


class MoveForm(ReasonForm):
    """Another parent."""

    parent = AgencyField(label=_("Induk baru"))


class MergeForm(ReasonForm):
    """The successor, and the last day."""

    into = AgencyField(label=_("Digabung ke"))
    last_day = forms.DateField(label=_("Hari terakhir"), widget=_day())


class CloseForm(ReasonForm):
    """The last day."""

    last_day = forms.DateField(label=_("Hari terakhir"), widget=_day())


class AliasForm(ReasonForm):
    """One more name."""

    alias = forms.CharField(
        label=_("Sebutan"), max_length=250, help_text=_("Nama yang dipakai warga, juga sebagai kata kunci SMS.")
    )


class RemoveAliasForm(ReasonForm):
    """One name less."""

    alias_id = forms.ModelChoiceField(label=_("Sebutan"), queryset=AgencyAlias.objects.none())

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["alias_id"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = agency.aliases.order_by("alias")


class CategoryForm(ReasonForm):
    """A new topic."""

    name = forms.CharField(label=_("Nama"), max_length=120)
    code = forms.CharField(
        label=_("Kode"), max_length=24, help_text=_("Huruf besar dan angka. Tidak dapat diubah lagi.")
    )
    parent = forms.ModelChoiceField(
        label=_("Di bawah"), queryset=Category.objects.none(), required=False, empty_label=_("kategori utama")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["parent"], level=1)


class CategoryNameForm(ReasonForm):
    """Another name."""

    name = forms.CharField(label=_("Nama baru"), max_length=120)


class CategoryMergeForm(ReasonForm):
    """The topic that takes over."""

    into = forms.ModelChoiceField(label=_("Digabung ke"), queryset=Category.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["into"])


def _offer(field: forms.Field, **narrowed: Any) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = offered_categories().filter(**narrowed).order_by("code")
