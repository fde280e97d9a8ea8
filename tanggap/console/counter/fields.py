"""What the form of the counter asks: the text first, then what helps, in the order of the tab key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from tanggap.cases.addressing import LONGEST_NAME
from tanggap.cases.texts import LONGEST_TEXT, LONGEST_TITLE
from tanggap.cases.vocabulary import ChannelWord
from tanggap.channels.services.enter_case import AT_DESKS
from tanggap.console.deeds.uploads import WithFiles

_PLAIN = {"autocomplete": "off"}


def channel_choices() -> list[Any]:
    """The ways that exist only through an officer first; then everything that can be copied from a screen."""
    desks = [(one.value, ChannelWord(one).label) for one in AT_DESKS]
    copied = [(value, label) for value, label in ChannelWord.choices if value not in set(AT_DESKS)]
    return [
        (gettext_lazy("Langsung"), desks),
        (gettext_lazy("Disalin dari layar, dengan tangkapan layar"), copied),
    ]


class _AnyChoice(forms.ChoiceField):
    """A tag that has ended since the form was opened is dropped by the service, and stops nobody."""

    def valid_value(self, value: Any) -> bool:
        return True


class EntryFields(WithFiles):
    """The fields; what they mean together is `EntryForm`'s."""

    text = forms.CharField(
        label=gettext_lazy("Apa yang disampaikan warga?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "autofocus": True, "required": True}),
        error_messages={
            "required": gettext_lazy("Ceritanya belum diisi. Satu kalimat pun cukup."),
            "max_length": gettext_lazy("Ceritanya terlalu panjang: paling banyak 20.000 huruf."),
        },
    )
    channel = forms.ChoiceField(label=gettext_lazy("Datang lewat"), choices=channel_choices)
    source_tag = _AnyChoice(label=gettext_lazy("Loket, mobil, atau poster"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Nama"), max_length=120, required=False, widget=forms.TextInput(attrs=_PLAIN)
    )
    phone = forms.CharField(
        label=gettext_lazy("Nomor telepon"),
        help_text=gettext_lazy("Nomor pelacakan dikirim ke sini. Contoh: 0812-3456-7890."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "tel"}),
    )
    email = forms.CharField(
        label=gettext_lazy("Alamat surel"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "email"}),
    )
    shared = forms.BooleanField(
        label=gettext_lazy("Ponsel bersama"),
        help_text=gettext_lazy("Kabar hanya memuat nomor, batas waktu, dan tautan."),
        required=False,
    )
    pickup = forms.BooleanField(
        label=gettext_lazy("Ambil di kecamatan"),
        help_text=gettext_lazy("Tanpa kontak: warga datang membawa tanda terima."),
        required=False,
    )
    region_text = forms.CharField(
        label=gettext_lazy("Wilayah"),
        help_text=gettext_lazy("Desa, kecamatan, atau kabupaten. Boleh kosong."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={**_PLAIN, "list": "daftar-wilayah"}),
    )
    region = forms.CharField(label=gettext_lazy("Wilayah yang mana?"), required=False, widget=forms.RadioSelect)
    place = forms.CharField(
        label=gettext_lazy("Patokan"), max_length=200, required=False, widget=forms.TextInput(attrs=_PLAIN)
    )
    occurred_on = forms.DateField(
        label=gettext_lazy("Tanggal kejadian"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        error_messages={"invalid": gettext_lazy("Tanggal ini tidak terbaca. Contoh: 25-11-2026.")},
    )
    title = forms.CharField(
        label=gettext_lazy("Judul"),
        help_text=gettext_lazy("Boleh kosong. Jangan menulis nama orang."),
        max_length=LONGEST_TITLE,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    agency_text = forms.CharField(
        label=gettext_lazy("Instansi yang dituju"),
        help_text=gettext_lazy("Kosong: pemerintah tempat Anda bertugas."),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={**_PLAIN, "list": "daftar-unit"}),
    )
    agency = forms.CharField(label=gettext_lazy("Instansi yang mana?"), required=False, widget=forms.RadioSelect)
    category = forms.ChoiceField(label=gettext_lazy("Topik"), required=False)
    about_text = forms.CharField(
        label=gettext_lazy("Kantor yang dilaporkan"),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={**_PLAIN, "list": "daftar-unit"}),
    )
    about = forms.CharField(label=gettext_lazy("Kantor yang mana?"), required=False, widget=forms.RadioSelect)
    about_person = forms.CharField(
        label=gettext_lazy("Nama atau jabatan orangnya"),
        help_text=gettext_lazy("Disimpan tersegel; hanya dibuka oleh yang menangani."),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    about_head = forms.BooleanField(
        label=gettext_lazy("Orang itu pimpinan kantornya, atau kepala daerah"), required=False
    )
    anonymous = forms.BooleanField(
        label=gettext_lazy("Anonim"),
        help_text=gettext_lazy("Nama tidak dibuka kepada umum maupun instansi."),
        required=False,
    )
    secret = forms.BooleanField(
        label=gettext_lazy("Rahasia"), help_text=gettext_lazy("Isinya tidak tampil untuk umum."), required=False
    )
    field_order = ("text", "channel", "source_tag", "attachments")
