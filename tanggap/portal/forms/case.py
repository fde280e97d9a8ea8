"""What the reporter says on the page of the case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = 20_000
EMPTY = {"required": gettext_lazy("Bagian ini belum diisi.")}


class CodeForm(forms.Form):
    """The secret code of the receipt."""

    code = forms.CharField(
        label=gettext_lazy("Kode rahasia"),
        help_text=gettext_lazy("Ada di tanda terima, misalnya A1B2-C3D4-E5F6."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Tulis kode dari tanda terima Anda.")},
    )


class ReplyForm(forms.Form):
    """A reply, or the completion that was asked for."""

    reply = forms.CharField(
        label=gettext_lazy("Balas atau tambah keterangan"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=EMPTY,
    )


class VerdictForm(forms.Form):
    """Solved or not, how satisfied, and words."""

    result = forms.ChoiceField(
        label=gettext_lazy("Apakah masalahnya sudah selesai?"),
        choices=[
            ("yes", gettext_lazy("Ya, sudah selesai|Laporan ditutup sebagai selesai.")),
            ("no", gettext_lazy("Belum, saya keberatan|Laporan dibuka lagi dan ditangani petugas lain.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih salah satu: sudah selesai atau belum.")},
    )
    rating = forms.ChoiceField(
        label=gettext_lazy("Seberapa puas Anda?"),
        help_text=gettext_lazy("Boleh kosong. Nilai 1 atau 2 juga membuka laporan kembali."),
        choices=[
            ("1", gettext_lazy("1|Sangat kecewa")),
            ("2", gettext_lazy("2|Kecewa")),
            ("3", gettext_lazy("3|Biasa")),
            ("4", gettext_lazy("4|Puas")),
            ("5", gettext_lazy("5|Sangat puas")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    words = forms.CharField(
        label=gettext_lazy("Apa yang belum selesai, atau ada tambahan?"),
        help_text=gettext_lazy("Wajib bila Anda keberatan."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """An objection says why; a low mark and "solved" contradict each other."""
        values = super().clean() or {}
        if values.get("result") == "no" and not values.get("words", "").strip():
            self.add_error("words", _("Tulis apa yang belum selesai, supaya petugas lain tahu harus mulai dari mana."))
        if values.get("result") == "yes" and values.get("rating") in {"1", "2"}:
            self.add_error("rating", _("Nilai 1 atau 2 membuka laporan kembali. Pilih nilai lain, atau “Belum”."))
        return values


class ObjectionForm(forms.Form):
    """An objection after closing or archiving."""

    objection = forms.CharField(
        label=gettext_lazy("Mengapa Anda keberatan?"),
        help_text=gettext_lazy("Laporan dibuka lagi dan ditangani petugas lain."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=EMPTY,
    )


class ContactForm(forms.Form):
    """Whether news of the case are sent, and how much stands in them."""

    news = forms.ChoiceField(
        label=gettext_lazy("Apa yang kami kirim kepada Anda?"),
        choices=[
            ("full", gettext_lazy("Kirim kabar|Dengan isinya, kecuali laporan rahasia atau anonim.")),
            ("bare", gettext_lazy("Kirim tanpa isi|Hanya nomor, batas waktu, dan tautan. Cocok untuk ponsel bersama.")),
            (
                "none",
                gettext_lazy("Jangan kirim apa pun|Anda membacanya di halaman ini. Dapat diubah lagi kapan saja."),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih salah satu.")},
    )


class PushForm(forms.Form):
    """What the browser gave when it was asked to be told; nothing where it shall be told no more."""

    subscription = forms.JSONField(required=False)

    def clean_subscription(self) -> dict[str, Any] | None:
        given = self.cleaned_data["subscription"]
        if given is not None and not isinstance(given, dict):
            raise forms.ValidationError(_("Langganan pemberitahuan ini tidak dapat dibaca."))
        return given


class RatingForm(forms.Form):
    """A mark for a closed case."""

    rating = VerdictForm.base_fields["rating"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rating"].required = True
        self.fields["rating"].error_messages["required"] = _("Pilih nilai 1 sampai 5.")
        self.fields["rating"].help_text = _("Nilai 1 atau 2 juga membuka laporan kembali.")


class EntryForm(forms.Form):
    """Which of the reporter's own entries."""

    entry = forms.IntegerField(min_value=1, max_value=2**63 - 1)
