"""The reporter lets the unit that holds the case see chosen fields of the own identity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.cases.identity import fields_shared, open_identity
from tanggap.cases.policies import actor_may
from tanggap.cases.selectors import CaseView
from tanggap.cases.services.share_identity import share_identity
from tanggap.cases.services.withdraw_share import withdraw_share
from tanggap.cases.workflow import Action
from tanggap.common.clock import now
from tanggap.portal.consent import LABELS
from tanggap.portal.naming import agency_name


class ShareForm(forms.Form):
    """Which fields the holder may see."""

    shared = forms.MultipleChoiceField(
        label=gettext_lazy("Yang boleh dilihat"),
        choices=LABELS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Centang dahulu yang ingin Anda bagikan.")},
    )


def share_part(view: CaseView) -> dict[str, Any]:
    """What is shared, as long as it is; and the form, while somebody works on the case and there is anything to tell.
    Neither once the reporter is pressed: then nobody sees anything."""
    case = view.case
    shown = set() if case.pressed else fields_shared(case)
    part = {"shared_now": [label for name, label in LABELS if name in shown]} if shown else {}
    if case.verified_at is None or case.due_at is None or case.pressed:
        return part
    known = open_identity(case).fields if actor_may(view.actor, Action.SHARE_IDENTITY, case) else {}
    if not known:
        return part
    form = ShareForm(auto_id="bagi-%s")
    left = form.fields["shared"]
    assert isinstance(left, forms.MultipleChoiceField)
    left.choices = [(name, label) for name, label in LABELS if name in known]
    return {**part, "share_form": form}


def share(request: HttpRequest, view: CaseView, form: forms.Form) -> str:
    """Share with whoever holds the case now, and nobody else."""
    case, fields = view.case, form.cleaned_data["shared"]
    share_identity(tracking_id=case.tracking_id, agency=case.agency, fields=fields, actor=view.actor, now=now())
    return _("%(agency)s sekarang dapat melihat yang Anda centang, selama memegang laporan ini.") % {
        "agency": agency_name(case.agency)
    }


def stop_sharing(request: HttpRequest, view: CaseView, form: forms.Form) -> str:
    """Take back whatever is shared."""
    withdraw_share(tracking_id=view.case.tracking_id, actor=view.actor, now=now())
    return _("Tidak ada instansi yang melihat nama atau kontak Anda lagi. Yang sudah dibaca tidak dapat ditarik.")
