"""Handing a case on, giving it back, dividing it, giving it to a colleague."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.accounts.models import Person
from tanggap.cases.models import Case
from tanggap.cases.services.accept_case import accept_case
from tanggap.cases.services.assign_case import assign_case
from tanggap.cases.services.forward_case import forward_case
from tanggap.cases.services.return_case import LONGEST_REASON, return_case
from tanggap.cases.services.split_case import split_case
from tanggap.cases.workflow import Action
from tanggap.console.colleagues import colleagues_for
from tanggap.console.deeds.base import Call, Deed, DeedForm
from tanggap.console.deeds.places import DestinationForm, reach_of, resolve_agency
from tanggap.directory.models import Agency

UNIT_FIELDS = ("unit_1", "unit_2", "unit_3", "unit_4")


class ForwardForm(DestinationForm):
    """To whom, and why."""

    template = "console/parts/teruskan.html"
    reason = forms.CharField(
        label=gettext_lazy("Alasan, dibaca pelapor"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "class": "short"}),
    )


class ReturnForm(DeedForm):
    """Why it is not ours."""

    reason = forms.CharField(
        label=gettext_lazy("Alasan, dibaca pelapor"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Sebut instansi yang menurut Anda berwenang, bila tahu."),
        widget=forms.Textarea(attrs={"rows": 4, "class": "short"}),
    )


class NothingForm(DeedForm):
    """A button is all it takes."""


class AssignForm(DeedForm):
    """One of those who can answer it."""

    named = {"person": "colleague"}
    colleague = forms.ChoiceField(label=gettext_lazy("Petugas"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues: dict[str, Person] = {str(one.pk): one for one in colleagues_for(self.case)}
        field = self.fields["colleague"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, person.name) for key, person in self.colleagues.items()]


class SplitForm(DeedForm):
    """Which units get a part."""

    named = {"agencies": "unit_1", "agency": "unit_1"}
    unit_1 = forms.CharField(label=gettext_lazy("Unit pertama"), max_length=250)
    unit_2 = forms.CharField(label=gettext_lazy("Unit kedua"), required=False, max_length=250)
    unit_3 = forms.CharField(label=gettext_lazy("Unit ketiga"), required=False, max_length=250)
    unit_4 = forms.CharField(label=gettext_lazy("Unit keempat"), required=False, max_length=250)

    def clean(self) -> dict[str, Any]:
        """Resolve the names; twice the same unit is one."""
        values = super().clean() or self.cleaned_data
        within = reach_of(self.actor, self.case)
        self.agencies: dict[int, Agency] = {}
        for name in UNIT_FIELDS:
            text = values.get(name, "").strip()
            if not text:
                continue
            found, candidates = resolve_agency(text, within)
            if found is not None:
                self.agencies[found.pk] = found
            else:
                self.add_error(name, _which(text, candidates))
        return values


def _which(text: str, candidates: list[Agency]) -> str:
    if not candidates:
        return _("Tidak ada unit bernama “%(text)s” yang dapat Anda tuju.") % {"text": text}
    names = "; ".join(agency.full_name for agency in candidates[:5])
    return _("Yang mana? %(names)s. Tulis nama lengkapnya.") % {"names": names}


def _forward(form: Any, call: Call) -> str:
    forward_case(
        tracking_id=call.number,
        agency=form.agency,
        actor=call.actor,
        now=call.now,
        reason=form.cleaned_data["reason"],
    )
    return _("Diteruskan ke %(agency)s.") % {"agency": form.agency.full_name}


def _return(form: Any, call: Call) -> str:
    case = return_case(tracking_id=call.number, reason=form.cleaned_data["reason"], actor=call.actor, now=call.now)
    return _("Dikembalikan ke %(agency)s.") % {"agency": case.agency.name}


def _accept(form: Any, call: Call) -> str:
    accept_case(tracking_id=call.number, actor=call.actor, now=call.now)
    return _("Laporan ini sekarang dalam proses.")


def _assign(form: Any, call: Call) -> str:
    person = form.colleagues[form.cleaned_data["colleague"]]
    assign_case(tracking_id=call.number, person=person, actor=call.actor, now=call.now)
    return _("Ditugaskan kepada %(name)s.") % {"name": person.name}


def _split(form: Any, call: Call) -> str:
    parts = split_case(tracking_id=call.number, agencies=list(form.agencies.values()), actor=call.actor, now=call.now)
    return _("Dibagi: %(n)s unit mendapat bagiannya.") % {"n": len(parts)}


def _whole(case: Case) -> bool:
    return case.parent_id is None and case.verified_at is not None


DEEDS = (
    Deed(
        slug="terima",
        actions=(Action.ACCEPT,),
        form=NothingForm,
        do=_accept,
        title=gettext_lazy("Mulai menangani"),
        button=gettext_lazy("Mulai menangani"),
        link=gettext_lazy("Mulai menangani …"),
        fits=lambda case: case.state == "forwarded",
    ),
    Deed(
        slug="teruskan",
        actions=(Action.FORWARD,),
        form=ForwardForm,
        do=_forward,
        title=gettext_lazy("Teruskan ke unit lain"),
        button=gettext_lazy("Teruskan laporan"),
        link=gettext_lazy("Teruskan …"),
        moves_on=True,
    ),
    Deed(
        slug="kembalikan",
        actions=(Action.RETURN,),
        form=ReturnForm,
        do=_return,
        title=gettext_lazy("Kembalikan: bukan wewenang kami"),
        button=gettext_lazy("Kembalikan laporan"),
        link=gettext_lazy("Bukan wewenang kami …"),
        look="warn",
        moves_on=True,
    ),
    Deed(
        slug="tugaskan",
        actions=(Action.ASSIGN,),
        form=AssignForm,
        do=_assign,
        title=gettext_lazy("Tugaskan kepada rekan"),
        button=gettext_lazy("Tugaskan"),
        link=gettext_lazy("Tugaskan …"),
        waits_for_thread=False,
    ),
    Deed(
        slug="bagi",
        actions=(Action.SPLIT,),
        form=SplitForm,
        do=_split,
        title=gettext_lazy("Bagi untuk beberapa unit"),
        button=gettext_lazy("Bagi laporan"),
        link=gettext_lazy("Bagi untuk beberapa unit …"),
        fits=_whole,
    ),
)
