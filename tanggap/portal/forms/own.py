"""What somebody types on the pages of their own cases and data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.portal.forms.case import CodeForm

EMPTY = {"required": gettext_lazy("Bagian ini belum diisi.")}


class ContactForm(forms.Form):
    """An e-mail address or a phone number, in one field: which it is shows by itself."""

    contact = forms.CharField(
        label=gettext_lazy("Surel atau nomor telepon"),
        help_text=gettext_lazy("Yang Anda tulis pada laporan. Contoh: nama@contoh.id atau 0812-3456-7890."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
        error_messages=EMPTY,
    )


class ProofForm(forms.Form):
    """The code that was sent."""

    code = forms.CharField(
        label=gettext_lazy("Kode dari pesan kami"),
        help_text=gettext_lazy("Delapan angka. Berlaku 20 menit."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages=EMPTY,
    )


class AddForm(CodeForm):
    """A case that no address opens: number and secret code."""

    number = forms.CharField(
        label=gettext_lazy("Nomor pelacakan"),
        help_text=gettext_lazy("Ada di tanda terima, misalnya 7KQ4-M2XD-T."),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages=EMPTY,
    )
    field_order = ("number", "code")


class NameForm(forms.Form):
    """Who one is; an empty field stays as it is, for every case may have another."""

    name = forms.CharField(
        label=gettext_lazy("Nama"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    address = forms.CharField(
        label=gettext_lazy("Alamat"),
        help_text=gettext_lazy("Yang dikosongkan tidak diubah."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )


class NewContactForm(ContactForm):
    """Where one is reached from now on."""

    field_order = ("contact",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].label = _("Surel atau nomor telepon yang baru")
        self.fields["contact"].help_text = _("Kami kirim kode ke sana. Sesudah kodenya Anda tulis, alamat diganti.")


class EraseForm(forms.Form):
    """Which cases, whether the files too, and that one has read what stays."""

    cases = forms.MultipleChoiceField(
        label=gettext_lazy("Pada laporan mana?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    with_files = forms.BooleanField(
        label=gettext_lazy("Hapus juga foto dan berkas yang saya kirim"),
        help_text=gettext_lazy("Berkas adalah bukti. Yang dihapus tidak dapat dikembalikan."),
        required=False,
    )
    traces = forms.BooleanField(
        label=gettext_lazy("Hapus juga yang saya ikuti dan tanda “Saya juga mengalami”"),
        help_text=gettext_lazy("Berlaku seketika. Tanda tetap dihitung, tanpa menunjuk kepada Anda."),
        required=False,
    )
    account = forms.BooleanField(
        label=gettext_lazy("Hapus juga akun saya"),
        help_text=gettext_lazy("Nama, alamat, dan kata sandi hilang; Anda tidak dapat masuk lagi."),
        required=False,
    )
    understood = forms.BooleanField(
        label=gettext_lazy("Saya sudah membaca apa yang tetap tersimpan"),
        error_messages={"required": gettext_lazy("Baca dahulu apa yang tetap tersimpan, lalu centang ini.")},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], has: Mapping[str, bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["cases"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = list(choices)
        for name in [name for name, there in has.items() if not there]:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not any(values.get(name) for name in ("cases", "account", "traces")) and "cases" not in self.errors:
            self.add_error("cases", _("Pilih sedikitnya satu."))
        return values
