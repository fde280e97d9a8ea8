"""The reporter decides what the ombudsman may know of the own identity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.cases.consent import consented_fields
from tanggap.cases.identity import open_identity
from tanggap.cases.selectors import CaseView
from tanggap.cases.services.consent_to_ombudsman import consent_to_ombudsman
from tanggap.common.clock import now

LABELS = (
    ("name", gettext_lazy("Nama")),
    ("phone", gettext_lazy("Telepon")),
    ("email", gettext_lazy("Surel")),
    ("address", gettext_lazy("Alamat")),
)


class ConsentForm(forms.Form):
    """Which fields; none takes an earlier consent back."""

    fields_known = forms.MultipleChoiceField(
        label=gettext_lazy("Yang boleh diketahui Ombudsman"),
        choices=LABELS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def consent_part(view: CaseView) -> dict[str, Any]:
    """The form, once an objection may bring the case before the ombudsman and there is anything to tell."""
    given = consented_fields(view.case)
    known = open_identity(view.case).fields if view.case.objections or given else {}
    if not known:
        return {}
    form = ConsentForm(initial={"fields_known": sorted(given)}, auto_id="%s")
    left = form.fields["fields_known"]
    assert isinstance(left, forms.MultipleChoiceField)
    left.choices = [(name, label) for name, label in LABELS if name in known]
    return {"consent_form": form, "consented": bool(given)}


def consent(request: HttpRequest, view: CaseView, form: forms.Form) -> str:
    """Record it."""
    fields = form.cleaned_data["fields_known"]
    consent_to_ombudsman(tracking_id=view.case.tracking_id, fields=fields, actor=view.actor, now=now())
    if fields:
        return _("Persetujuan Anda dicatat. Anda dapat mencabutnya kapan saja.")
    return _("Tercatat: Ombudsman tidak diberi tahu siapa Anda.")
