"""What somebody types on the pages of their own cases and data."""

from __future__ import annotations

from django import forms
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
