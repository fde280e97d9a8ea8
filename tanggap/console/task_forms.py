"""Forms about briefs and tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tanggap.accounts.models import Membership
from tanggap.accounts.roles import Role
from tanggap.directory.models import Agency
from tanggap.evaluation.tasking import LONGEST


def _words(label: Any, rows: int = 4) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}))


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        error_messages={"invalid": _("Tanggal ini tidak terbaca. Contoh: 25-11-2026.")},
    )


class TaskForm(forms.Form):
    """To whom, what, by when. `to` is `unit:<id>` or `petugas:<id of a post>`."""

    to = forms.ChoiceField(label=_("Kepada"))
    text = _words(_("Apa yang diminta"))
    due_on = _day(_("Paling lambat"))

    def __init__(
        self, *args: Any, units: Sequence[Agency], officers: Sequence[Membership], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"auto_id": "id_%s", **kwargs})
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        groups: list[Any] = [("", _("Pilih unit atau petugas"))]
        groups.append((_("Unit"), [(f"unit:{unit.pk}", unit.name) for unit in units]))
        named = [
            (f"petugas:{post.pk}", f"{post.person.name}, {Role(post.role).label} {post.agency.name}")
            for post in officers
        ]
        if named:
            groups.append((_("Petugas"), named))
        to.choices = groups
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()


class AnswerForm(forms.Form):
    """What was done, and the reports that show it."""

    text = _words(_("Jawaban: apa yang sudah dilakukan"))
    numbers = forms.CharField(
        label=_("Nomor laporan yang membuktikan (boleh dikosongkan)"),
        help_text=_("Pisahkan dengan spasi atau koma. Laporan rahasia dan pengawasan tidak dapat ditautkan."),
        max_length=400,
        required=False,
    )


class ReturnForm(forms.Form):
    """What is missing, and the new day."""

    text = _words(_("Apa yang kurang"), 3)
    due_on = _day(_("Paling lambat"))
