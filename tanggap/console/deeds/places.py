"""Picking a unit or a region without JavaScript: suggestions to tick, or a name to type, which the server resolves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.cases.models import Case
from tanggap.common.errors import Invalid, NotFound
from tanggap.console.deeds.base import DeedForm
from tanggap.console.suggestions import suggested_units, unit_names
from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import (
    Ambiguous,
    agency_by_code,
    agency_by_id,
    find_agency,
    region_label,
    search_agencies,
    search_regions,
)

OTHER = "lain"
MOST_CANDIDATES = 10


def reach_of(actor: Actor, case: Case) -> Agency | None:
    """The agency inside which the actor may send this case; None where the whole country is open."""
    if actor.has_role(Role.NATIONAL_ADMIN):
        return None
    covering = [
        grant for grant in actor.grants_of(Role.COORDINATOR, Role.INSPECTOR) if case.agency.path.startswith(grant.path)
    ]
    widest = min(covering, key=lambda grant: len(grant.path), default=None)
    return agency_by_id(widest.agency_id) if widest else case.body


def resolve_agency(text: str, within: Agency | None) -> tuple[Agency | None, list[Agency]]:
    """The agency a text stands for, or the candidates among which a person must choose."""
    try:
        found = find_agency(text, within=within)
    except Ambiguous as several:
        return None, _inside(several.candidates, within)[:MOST_CANDIDATES]
    except Invalid:
        return None, search_agencies(text, within=within, limit=MOST_CANDIDATES)
    return found, []


def resolve_region(text: str, ticked: str) -> tuple[Region | None, list[Region]]:
    """The region a text stands for, or the candidates among which a person must choose; `ticked` is such a choice."""
    rows = search_regions(text, limit=MOST_CANDIDATES)
    chosen = [row for row in rows if row.pk in (ticked, text)]
    if chosen or len(rows) == 1:
        return (chosen or rows)[0], []
    return None, rows


def _inside(agencies: Iterable[Agency], within: Agency | None) -> list[Agency]:
    return [agency for agency in agencies if within is None or agency.path.startswith(within.path)]


class DestinationForm(DeedForm):
    """Where the case goes: a suggestion with its reason, or another unit by name. After validation: `agency`."""

    named = {"agency": "unit"}
    unit = forms.CharField(label=gettext_lazy("Diteruskan ke"), required=False, widget=forms.RadioSelect, max_length=64)
    unit_text = forms.CharField(
        label=gettext_lazy("Nama unit lain"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Ketik sebagian namanya, misalnya “kesehatan”, lalu pilih."),
        widget=forms.TextInput(attrs={"list": "nama-unit", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.within = reach_of(self.actor, self.case)
        self.agency: Agency | None = None
        self.unit_names = unit_names(self.case.body_id)
        self.options = [(s.agency.code, f"{s.agency.name}|{s.reason}") for s in self._suggested()]
        self._offer([])

    def _suggested(self) -> Sequence[Any]:
        found = suggested_units(self.case)
        return [s for s in found if s.agency.pk != self.case.agency_id and _inside([s.agency], self.within)]

    def _offer(self, more: Iterable[Agency]) -> None:
        known = {code for code, _words in self.options}
        self.options += [(a.code, f"{a.name}|{_above(a)}") for a in more if a.code not in known]
        words = _("Unit lain, tulis namanya di bawah") if self.options else _("Tulis namanya di bawah")
        widget = self.fields["unit"].widget
        assert isinstance(widget, forms.RadioSelect)
        widget.choices = [*self.options, (OTHER, words)]

    def clean(self) -> dict[str, Any]:
        """Resolve the choice; a name that several bear comes back as things to tick."""
        values = super().clean() or self.cleaned_data
        chosen, text = values.get("unit", ""), " ".join(values.get("unit_text", "").split())
        if chosen and chosen != OTHER:
            self._take(chosen)
        elif text:
            self._look_up(text)
        else:
            self.add_error("unit", _("Pilih unit tujuan, atau tulis namanya."))
        return values

    def _take(self, code: str) -> None:
        try:
            self.agency = agency_by_code(code)
        except NotFound:
            self.add_error("unit", _("Unit ini tidak ada. Pilih yang lain."))
        else:
            self._offer([self.agency])

    def _look_up(self, text: str) -> None:
        self.agency, candidates = resolve_agency(text, self.within)
        if self.agency is not None:
            return
        self._offer(candidates)
        if candidates:
            self.add_error("unit", _("Nama “%(text)s” cocok dengan beberapa unit. Pilih salah satu.") % {"text": text})
        else:
            self.add_error("unit_text", _("Tidak ada unit bernama “%(text)s” yang dapat Anda tuju.") % {"text": text})


def _above(agency: Agency) -> str:
    return "" if agency.body is None or agency.is_body else agency.body.name


class RegionForm(DeedForm):
    """The place, as far down as it is known. After validation: `found_region`, None where it stays as it is."""

    named = {"region": "region_text"}
    region = forms.CharField(label=gettext_lazy("Wilayah yang mana?"), required=False, widget=forms.RadioSelect)
    region_text = forms.CharField(
        label=gettext_lazy("Wilayah"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Desa, kecamatan, atau kabupaten. Boleh dikosongkan."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found_region: Region | None = None
        self.present_label = region_label(self.case.region) if self.case.region else ""
        self.initial.setdefault("region_text", self.present_label)
        self.regions: list[Region] = []

    def clean(self) -> dict[str, Any]:
        """Resolve what was typed; several places of one name come back as things to tick."""
        values = super().clean() or self.cleaned_data
        text = " ".join(values.get("region_text", "").split())
        if not text or text == self.present_label:
            return values
        self.found_region, rows = resolve_region(text, values.get("region", ""))
        if rows:
            self._ask_which(rows)
        elif self.found_region is None:
            self.add_error("region_text", _("Tidak ada wilayah bernama “%(text)s”.") % {"text": text})
        return values

    def _ask_which(self, rows: list[Region]) -> None:
        self.regions = rows
        widget = self.fields["region"].widget
        assert isinstance(widget, forms.RadioSelect)
        widget.choices = [(row.pk, region_label(row)) for row in rows]
        self.add_error("region", _("Ada beberapa wilayah dengan nama itu. Pilih salah satu."))
