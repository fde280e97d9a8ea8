"""Forms of the evaluator's desk."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tanggap.directory.models import Agency
from tanggap.evaluation.groups import Group
from tanggap.evaluation.models import RoundRule
from tanggap.evaluation.periods import Period, period_named
from tanggap.evaluation.rounds.scoring import HIGHEST
from tanggap.evaluation.rounds_open import UNITS

GROUPS = (
    (UNITS, gettext_lazy("unit kerja sendiri")),
    (Group.REGENCY_AND_CITY.value, gettext_lazy("kabupaten dan kota")),
    (Group.REGENCY.value, gettext_lazy("kabupaten")),
    (Group.CITY.value, gettext_lazy("kota")),
    (Group.PROVINCE.value, gettext_lazy("provinsi")),
    (Group.NATIONAL.value, gettext_lazy("badan tingkat pusat")),
)


def label_of(rule: RoundRule) -> str:
    """An item or criterion in the reader's language."""
    return rule.label_en if (get_language() or "").startswith("en") else rule.label_id


class RoundForm(forms.Form):
    """A new round."""

    name = forms.CharField(label=gettext_lazy("Nama putaran"), max_length=120)
    agency = forms.ChoiceField(label=gettext_lazy("Atas nama"))
    group = forms.ChoiceField(label=gettext_lazy("Yang dievaluasi"), choices=GROUPS)
    within = forms.CharField(
        label=gettext_lazy("Kode provinsi"),
        max_length=2,
        required=False,
        help_text=gettext_lazy("Hanya untuk putaran nasional di satu provinsi; kosong: seluruh negeri."),
    )
    period = forms.CharField(
        label=gettext_lazy("Masa"), max_length=8, help_text=gettext_lazy("2026, 2026-S1, 2026-Q3, atau 2026-07.")
    )
    sample_size = forms.IntegerField(
        label=gettext_lazy("Laporan yang dibaca tiap instansi"), min_value=1, max_value=100, initial=10
    )
    objection_days = forms.IntegerField(
        label=gettext_lazy("Masa sanggah, hari kerja"), min_value=1, max_value=60, initial=5
    )

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        self.agencies = {agency.code: agency for agency in agencies}
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(agency.code, agency.name) for agency in agencies]

    def clean_period(self) -> Period:
        """A period that `period_named` understands."""
        period = period_named(self.cleaned_data["period"])
        if period is None:
            raise forms.ValidationError(_("Tulis seperti 2026, 2026-S1, 2026-Q3, atau 2026-07."))
        return period


class EvidenceForm(forms.Form):
    """A file for one item."""

    item = forms.ChoiceField(label=gettext_lazy("Bukti"))
    file = forms.FileField(label=gettext_lazy("Berkas"), help_text=gettext_lazy("PDF atau foto."))
    note = forms.CharField(
        label=gettext_lazy("Keterangan"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, rules: Sequence[RoundRule], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "bukti-%s", **kwargs})
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(rule.slug, label_of(rule)) for rule in rules]


class ScoreForm(forms.Form):
    """What one reader found in one case."""

    comment = forms.CharField(
        label=gettext_lazy("Catatan"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, rules: Sequence[RoundRule], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        words = (_("0, sama sekali tidak"), "1", _("2, sebagian"), "3", _("4, sepenuhnya"))
        steps = [(str(step), words[step]) for step in range(HIGHEST + 1)]
        for rule in rules:
            self.fields[rule.slug] = forms.ChoiceField(
                label=label_of(rule),
                choices=steps,
                widget=forms.RadioSelect,
                error_messages={"required": _("Beri nilai untuk setiap ukuran.")},
            )
        self.order_fields([*(rule.slug for rule in rules), "comment"])
        self.slugs = [rule.slug for rule in rules]

    @property
    def criteria(self) -> list[Any]:
        """The bound fields of the scores."""
        return [self[slug] for slug in self.slugs]

    @property
    def scores(self) -> dict[str, int]:
        """The scores of a valid form."""
        return {slug: int(self.cleaned_data[slug]) for slug in self.slugs}


class ObjectionForm(forms.Form):
    """What a body objects to."""

    about = forms.ChoiceField(label=gettext_lazy("Yang disanggah"))
    text = forms.CharField(
        label=gettext_lazy("Sanggahan dan alasannya"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, targets: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "sanggah-%s", **kwargs})
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(targets)

    @property
    def target(self) -> dict[str, int]:
        """The evidence or sampled case of a valid form."""
        kind, _colon, number = self.cleaned_data["about"].partition(":")
        return {f"{kind}_id": int(number)}


class DecisionForm(forms.Form):
    """A decision with its reason."""

    upheld = forms.ChoiceField(
        label=gettext_lazy("Keputusan"),
        choices=(("1", gettext_lazy("Sanggahan diterima")), ("0", gettext_lazy("Sanggahan ditolak"))),
        widget=forms.RadioSelect,
    )
    score = forms.DecimalField(
        label=gettext_lazy("Nilai baru, persen"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=gettext_lazy("Hanya bila sanggahan atas laporan diterima."),
    )
    answer = forms.CharField(label=gettext_lazy("Alasan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    @property
    def share(self) -> Decimal | None:
        """The new score as a share."""
        score = self.cleaned_data["score"]
        return None if score is None else score / 100
