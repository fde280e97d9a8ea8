"""Forms about messages: words, prices, caps."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.common.errors import TanggapError
from tanggap.directory.models import Agency, Brand
from tanggap.directory.selectors import Ambiguous, find_agency
from tanggap.notify.models import Channel
from tanggap.notify.wording_rules import LONGEST_BODY, LONGEST_SUBJECT

MOST_BRANDS = 500
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")


class WordingForm(forms.Form):
    """Subject (mails only) and body. What may stand in them is for the service to say."""

    subject = forms.CharField(label=_("Judul surel"), max_length=LONGEST_SUBJECT, required=False)
    body = forms.CharField(label=_("Isi"), max_length=LONGEST_BODY, required=False, strip=False, widget=forms.Textarea)

    def __init__(self, channel: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if channel != Channel.EMAIL:
            del self.fields["subject"]


class RupiahField(forms.DecimalField):
    """An amount as people write it: `Rp 5.000.000`, `315,50`, `5000000`."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").strip()[:40].removeprefix("Rp").replace(" ", "")
        if "," in typed or _THOUSANDS.fullmatch(typed):
            typed = typed.replace(".", "").replace(",", ".")
        return super().to_python(typed)


class _Dated(forms.Form):
    """An amount in rupiah from a day on."""

    amount = RupiahField(label=_("Jumlah (rupiah)"), max_digits=14, decimal_places=2)
    valid_from = forms.DateField(
        label=_("Berlaku mulai"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PriceForm(_Dated):
    """What one message costs."""

    channel = forms.ChoiceField(label=_("Kanal"), choices=Channel.choices)
    source = forms.CharField(label=_("Sumber"), max_length=200, help_text=_("Misalnya nomor kontrak penyedia."))
    field_order = ("channel", "amount", "valid_from", "source")


class CapForm(_Dated):
    """How much may be spent in a month, by whom."""

    brand = forms.ChoiceField(label=_("Merek"), required=False)
    agency = forms.CharField(
        label=_("Instansi (boleh dikosongkan)"),
        max_length=250,
        required=False,
        help_text=_("Nama atau kode pemerintah daerah atau lembaga, misalnya 33.21. Kosong: semua instansi."),
    )
    field_order = ("brand", "agency", "amount", "valid_from")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brands = Brand.objects.order_by("name").values_list("slug", "name")[:MOST_BRANDS]
        choices = [("", _("Semua merek")), *brands]
        self.fields["brand"] = forms.ChoiceField(label=_("Merek"), required=False, choices=choices)

    def clean_agency(self) -> Agency | None:
        """The body that pays: a unit's messages are paid by its government."""
        typed: str = self.cleaned_data["agency"].strip()
        if not typed:
            return None
        try:
            found = find_agency(typed)
        except Ambiguous as several:
            names = "; ".join(f"{agency.full_name} ({agency.code})" for agency in several.candidates[:5])
            raise forms.ValidationError(
                _("Ada beberapa instansi dengan nama itu. Tulis kodenya: %(names)s"), params={"names": names}
            ) from several
        except TanggapError as error:
            raise forms.ValidationError(error.message) from error
        if found.body_id not in (None, found.pk):
            raise forms.ValidationError(_("Biaya unit dibayar pemerintah atau lembaganya. Tulis nama induknya."))
        return found
