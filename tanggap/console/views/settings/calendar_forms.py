"""Forms of the calendar page: a day, a working week."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.directory.calendar import Week
from tanggap.directory.calendar_edits import Day
from tanggap.directory.models import DayOff

WORKING = "working"
OFF = {
    DayOff.Kind.NATIONAL.value: _("Libur nasional"),
    DayOff.Kind.JOINT.value: _("Cuti bersama"),
    DayOff.Kind.REGIONAL.value: _("Libur daerah"),
}
WEEKDAYS = (
    ("0", _("Senin")),
    ("1", _("Selasa")),
    ("2", _("Rabu")),
    ("3", _("Kamis")),
    ("4", _("Jumat")),
    ("5", _("Sabtu")),
    ("6", _("Minggu")),
)


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class DayForm(forms.Form):
    """A day off, or a day on which the office works although it otherwise would not."""

    date = forms.DateField(label=_("Tanggal"), widget=date_input())
    kind = forms.ChoiceField(label=_("Jenis"))
    name = forms.CharField(
        label=_("Nama"), max_length=120, help_text=_("Dibaca semua orang, misalnya Hari jadi kabupaten.")
    )
    reason = forms.CharField(
        label=_("Dasar (boleh dikosongkan)"),
        max_length=300,
        required=False,
        help_text=_("Misalnya nomor keputusan bersama."),
    )

    def __init__(self, *args: Any, national: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [DayOff.Kind.NATIONAL, DayOff.Kind.JOINT] if national else [DayOff.Kind.REGIONAL]
        choices = [(kind.value, OFF[kind.value]) for kind in kinds]
        self.fields["kind"] = forms.ChoiceField(
            label=_("Jenis"), choices=[*choices, (WORKING, _("Hari kerja tambahan"))]
        )
        self.order_fields(["date", "kind", "name", "reason"])
        self._off_kind = kinds[0].value

    @property
    def day(self) -> Day:
        """What the row would say. Only after `is_valid()`."""
        kind, name = self.cleaned_data["kind"], " ".join(self.cleaned_data["name"].split())
        working = kind == WORKING
        return Day(name, self._off_kind if working else kind, working=working)

    @property
    def on(self) -> dt.date:
        found: dt.date = self.cleaned_data["date"]
        return found


class WeekForm(forms.Form):
    """Weekdays and hours from a day on."""

    days = forms.MultipleChoiceField(label=_("Hari kerja"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple)
    opens = forms.TimeField(label=_("Buka pukul"), widget=time_input())
    closes = forms.TimeField(label=_("Tutup pukul"), widget=time_input())
    valid_from = forms.DateField(
        label=_("Berlaku mulai"), widget=date_input(), help_text=_("Hari sebelumnya tidak berubah.")
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        opens, closes = found.get("opens"), found.get("closes")
        if opens and closes and opens >= closes:
            self.add_error("closes", _("Kantor tutup sesudah buka."))
        return found

    @property
    def week(self) -> Week:
        """What the row would say. Only after `is_valid()`."""
        said = self.cleaned_data
        return Week(said["valid_from"], frozenset(map(int, said["days"])), said["opens"], said["closes"])
