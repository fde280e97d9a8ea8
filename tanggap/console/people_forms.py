"""Forms about officers: inviting, handing over, standing in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.accounts.policies import governs_everything
from tanggap.accounts.roles import COORDINATOR_MAY_INVITE, Role
from tanggap.common.errors import TanggapError
from tanggap.directory.models import Agency
from tanggap.directory.selectors import Ambiguous, agency_by_code, find_agency

MOST_CHOICES = 500


def agencies_to_invite_to(actor: Actor) -> list[Agency]:
    """The active agencies of the actor's own subtrees, by code."""
    inside = Q(pk__in=[])
    for grant in actor.grants_of(Role.COORDINATOR):
        inside |= Q(path__startswith=grant.path)
    rows = Agency.objects.filter(inside, status=Agency.Status.ACTIVE, external=False).select_related("body")
    return list(rows.order_by("code")[:MOST_CHOICES])


class InviteForm(forms.Form):
    """Whom, to which post. A coordinator picks from the own units, a national admin writes a name or code."""

    email = forms.CharField(label=_("Alamat e-mail dinas"), max_length=254)
    name = forms.CharField(label=_("Nama (boleh dikosongkan)"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Peran"))
    agency = forms.CharField(label=_("Instansi atau unit"), max_length=250)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs.update({"inputmode": "email", "autocomplete": "off"})
        everything = governs_everything(actor)
        roles = [role for role in Role if everything or role in COORDINATOR_MAY_INVITE]
        self.fields["role"] = forms.ChoiceField(label=_("Peran"), choices=[(role.value, role.label) for role in roles])
        if everything:
            self.fields["agency"].help_text = _("Nama atau kode, misalnya Dinas Kesehatan Kabupaten Demak atau 33.21.")
        else:
            choices = [(agency.code, agency.name) for agency in agencies_to_invite_to(actor)]
            self.fields["agency"] = forms.ChoiceField(label=_("Instansi atau unit"), choices=choices)
        self._everything = everything

    def clean_agency(self) -> Agency:
        typed: str = self.cleaned_data["agency"]
        try:
            return find_agency(typed) if self._everything else agency_by_code(typed)
        except Ambiguous as several:
            names = "; ".join(f"{agency.full_name} ({agency.code})" for agency in several.candidates[:5])
            raise forms.ValidationError(
                _("Ada beberapa instansi dengan nama itu. Tulis kodenya: %(names)s"), params={"names": names}
            ) from several
        except TanggapError as error:
            raise forms.ValidationError(error.message) from error


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A colleague by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class SuccessorForm(forms.Form):
    """Who goes on with the open cases."""

    successor = PersonField(
        label=_("Pengganti untuk laporan yang masih terbuka"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Belum dipilih"),
    )

    def __init__(self, colleagues: Iterable[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Person.objects.filter(pk__in=list(colleagues)[:MOST_CHOICES]).order_by("name", "pk")


class LendForm(forms.Form):
    """Who stands in, from when to when, why."""

    to_person = PersonField(
        label=_("Rekan yang menggantikan"), queryset=Person.objects.none(), empty_label=_("Pilih rekan")
    )
    starts_on = forms.DateField(label=_("Mulai"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(
        label=_("Sampai (termasuk hari itu)"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label=_("Alasan"), max_length=300, help_text=_("Misalnya cuti tahunan."))

    def __init__(self, colleagues: Iterable[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Person.objects.filter(pk__in=list(colleagues)[:MOST_CHOICES]).order_by("name", "pk")
