"""A form that asks for an agency by name or code, one's own where nothing is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.accounts.actor import Actor
from tanggap.console.access import own_agency
from tanggap.console.deeds.places import resolve_agency
from tanggap.directory.models import Agency


class AgencyForm(forms.Form):
    """To be extended; whether the agency is the actor's to choose is asked by the service."""

    agency = forms.CharField(
        label=gettext_lazy("Instansi"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Nama atau kode. Kosong: instansi Anda."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        self.own = own_agency(actor)

    def clean_agency(self) -> Agency:
        """By name or code."""
        text = self.cleaned_data["agency"].strip()
        found, several = resolve_agency(text, self.own.body) if text else (self.own, [])
        if found is None:
            names = "; ".join(f"{row.full_name} ({row.code})" for row in several[:5])
            raise forms.ValidationError(_("Tidak dikenal. Yang mirip: %(names)s") % {"names": names or "-"})
        return found
