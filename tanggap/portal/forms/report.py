"""The steps of a new report: the friendly first look. What needs the database is checked by the services."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.cases.texts import LONGEST_TEXT, LONGEST_TITLE
from tanggap.cases.workflow import Classification
from tanggap.common.contacts import normalize_email, normalize_phone

UNKNOWN = "-"
"""The value of "I don't know": said, and therefore not asked again."""


class StoryForm(forms.Form):
    """What happened, and when."""

    text = forms.CharField(
        label=gettext_lazy("Apa yang terjadi?"),
        help_text=gettext_lazy(
            "Tulis seperti bercerita kepada tetangga: apa yang tidak beres, sejak kapan, siapa yang terdampak."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={
            "required": gettext_lazy("Ceritanya belum diisi. Satu kalimat pun cukup."),
            "max_length": gettext_lazy(
                "Ceritanya terlalu panjang: paling banyak 20.000 huruf. Yang Anda tulis tetap ada."
            ),
        },
    )
    when = forms.ChoiceField(
        label=gettext_lazy("Kapan Anda mengalaminya?"),
        choices=[
            ("ongoing", gettext_lazy("Masih berlangsung")),
            ("today", gettext_lazy("Hari ini")),
            ("yesterday", gettext_lazy("Kemarin")),
            ("date", gettext_lazy("Pada tanggal lain, isi di bawah")),
            (UNKNOWN, gettext_lazy("Saya tidak tahu pasti")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    occurred_on = forms.DateField(
        label=gettext_lazy("Tanggal lain"),
        help_text=gettext_lazy("Hanya bila Anda memilih tanggal lain."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        error_messages={"invalid": gettext_lazy("Tanggal ini tidak terbaca. Contoh: 25-11-2026.")},
    )
    title = forms.CharField(
        label=gettext_lazy("Judul singkat"),
        help_text=gettext_lazy("Boleh kosong; petugas yang memeriksa akan menuliskannya."),
        max_length=LONGEST_TITLE,
        required=False,
        error_messages={"max_length": gettext_lazy("Judul terlalu panjang: paling banyak 160 huruf.")},
    )

    # The tag of the poster the reporter came by; what is unknown or ended is dropped without a word.
    asal = forms.CharField(required=False, widget=forms.HiddenInput)

    shared = forms.BooleanField(
        label=gettext_lazy("Ini ponsel bersama"),
        help_text=gettext_lazy("Sesudah terkirim, peramban ini tidak mengingat laporan Anda. Catat nomor dan kodenya."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """The date follows from the choice; a day that has not come yet is refused."""
        values = super().clean() or {}
        given, when = values.get("occurred_on"), values.get("when")
        if given and given > self.today:
            self.add_error("occurred_on", _("Tanggal ini belum tiba. Isi hari ini atau sebelumnya."))
        elif when == "date" and not given and "occurred_on" not in self.errors:
            self.add_error("occurred_on", _("Isi tanggalnya, atau pilih “Saya tidak tahu pasti”."))
        return values

    def day(self) -> date | None:
        """The day it happened, as far as it was said."""
        values = self.cleaned_data
        offsets = {"today": 0, "yesterday": 1}
        if values.get("when") in offsets:
            return self.today - timedelta(days=offsets[values["when"]])
        return values.get("occurred_on") if values.get("when") in {"date", ""} else None


class PlaceForm(forms.Form):
    """Where: a region found by name, or not known; and a landmark."""

    region_q = forms.CharField(
        label=gettext_lazy("Di mana kejadiannya?"),
        help_text=gettext_lazy(
            "Ketik nama desa, kelurahan, kecamatan, atau kota, lalu tekan Cari. "
            "Cukup sampai kecamatan bila Anda tidak yakin."
        ),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "grow"}),
    )
    region = forms.CharField(required=False)
    # Where the device says it is; what is no point in the country is dropped without a word (`Draft.point`).
    latitude = forms.CharField(required=False, widget=forms.HiddenInput)
    longitude = forms.CharField(required=False, widget=forms.HiddenInput)
    place = forms.CharField(
        label=gettext_lazy("Patokan supaya petugas menemukannya"),
        help_text=gettext_lazy("Misalnya nama jalan, sekolah, atau simpang terdekat. Boleh kosong."),
        max_length=200,
        required=False,
        error_messages={"max_length": gettext_lazy("Patokan terlalu panjang: paling banyak 200 huruf.")},
    )


class AgencyForm(forms.Form):
    """Which agency, and what kind of matter; both may stay unknown."""

    agency_q = forms.CharField(
        label=gettext_lazy("Instansi mana yang menurut Anda berwenang?"),
        help_text=gettext_lazy(
            "Anda tidak perlu tahu: kami yang mengantarkan. Bila tahu, ketik namanya lalu tekan Cari."
        ),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "grow"}),
    )
    agency = forms.CharField(required=False)
    classification = forms.ChoiceField(
        label=gettext_lazy("Ini tentang apa?"),
        choices=[
            (Classification.COMPLAINT.value, gettext_lazy("Pengaduan|Ada layanan yang tidak beres.")),
            (Classification.INFORMATION_REQUEST.value, gettext_lazy("Permintaan informasi|Anda ingin tahu sesuatu.")),
            (Classification.ASPIRATION.value, gettext_lazy("Aspirasi|Anda punya usul atau harapan.")),
            (UNKNOWN, gettext_lazy("Saya tidak tahu|Petugas yang menentukan.")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )


class AboutForm(forms.Form):
    """Whether it is about somebody's conduct; such a report never goes to the people it is about."""

    about = forms.ChoiceField(
        label=gettext_lazy("Apakah ini tentang perilaku seseorang atau kantor tertentu?"),
        help_text=gettext_lazy(
            "Misalnya pungutan liar, penyalahgunaan wewenang, atau perlakuan kasar oleh petugas. Bila ya, laporan Anda "
            "dirahasiakan dan ditangani inspektorat; orang dan kantor yang dilaporkan tidak dapat melihatnya."
        ),
        choices=[("no", gettext_lazy("Tidak")), ("yes", gettext_lazy("Ya, saya sebutkan di bawah"))],
        widget=forms.RadioSelect,
        required=False,
    )
    about_person = forms.CharField(
        label=gettext_lazy("Nama atau jabatan orangnya"),
        help_text=gettext_lazy("Disimpan tersegel; hanya dibuka oleh yang menangani. Boleh kosong."),
        max_length=200,
        required=False,
        error_messages={"max_length": gettext_lazy("Paling banyak 200 huruf.")},
    )
    about_head = forms.BooleanField(
        label=gettext_lazy("Orang itu pimpinan kantornya, atau kepala daerah"),
        help_text=gettext_lazy("Maka laporan ditangani satu tingkat di atasnya."),
        required=False,
    )
    about_q = forms.CharField(
        label=gettext_lazy("Kantor yang dilaporkan"),
        help_text=gettext_lazy("Ketik nama kantor lalu tekan Cari. Boleh kosong."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "grow"}),
    )
    about_agency = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        """A yes names somebody; a name without a yes or no counts as one, because hiding too much harms nobody."""
        values = super().clean() or {}
        named = values.get("about_person") or values.get("about_agency")
        if values.get("about") == "yes" and not named:
            self.add_error("about_person", _("Sebutkan orangnya atau kantornya, atau pilih “Tidak”."))
        return values


class YouForm(forms.Form):
    """Who may know the reporter, and how to reach them."""

    anonymous = forms.BooleanField(
        label=gettext_lazy("Anonim"),
        help_text=gettext_lazy("Nama dan nomor Anda tidak dibuka kepada umum maupun kepada instansi."),
        required=False,
    )
    secret = forms.BooleanField(
        label=gettext_lazy("Rahasia"),
        help_text=gettext_lazy("Isi laporan tidak tampil untuk umum; hanya Anda dan yang menangani yang membacanya."),
        required=False,
    )
    name = forms.CharField(
        label=gettext_lazy("Nama"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": gettext_lazy("Nama terlalu panjang: paling banyak 120 huruf.")},
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("Nomor telepon"),
        help_text=gettext_lazy("Kabar dikirim lewat pesan ke nomor ini. Contoh: 0812-3456-7890."),
        max_length=40, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"max_length": gettext_lazy("Nomor ini terlalu panjang.")},
    )  # fmt: skip
    email = forms.CharField(
        label=gettext_lazy("Alamat surel"),
        help_text=gettext_lazy("Contoh: nama@contoh.id."),
        max_length=254, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"max_length": gettext_lazy("Alamat ini terlalu panjang.")},
    )  # fmt: skip

    def clean_phone(self) -> str:
        raw: str = self.cleaned_data["phone"]
        if raw and normalize_phone(raw) is None:
            raise forms.ValidationError(_("Nomor telepon ini tidak dapat dipakai. Contoh: 0812-3456-7890."))
        return raw

    def clean_email(self) -> str:
        raw: str = self.cleaned_data["email"]
        if raw and normalize_email(raw) is None:
            raise forms.ValidationError(_("Alamat surel ini tidak lengkap. Contoh: nama@contoh.id."))
        return raw


class ReviewForm(forms.Form):
    """What everybody shall not see, although it was said: words, and files left out of the public version."""

    hide = forms.CharField(
        label=gettext_lazy("Kata atau kalimat lain, satu setiap baris"),
        help_text=gettext_lazy("Kami samarkan di mana pun kata itu ada di judul dan cerita."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    private_files = forms.CharField(required=False)
