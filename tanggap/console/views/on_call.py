"""Who is called for urgent cases, at any hour: the turns of one agency."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tanggap.accounts.days import local_day
from tanggap.accounts.models import OnCallShift, Person
from tanggap.accounts.policies import governs, governs_everything
from tanggap.accounts.selectors.on_call import may_take_shifts, on_call, shifts_governed_by
from tanggap.accounts.services.add_shift import add_shift
from tanggap.accounts.services.remove_shift import remove_shift
from tanggap.common.clock import now
from tanggap.common.errors import Forbidden, NotFound, TanggapError
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, own_agency, with_role
from tanggap.console.pages import INVITES, page
from tanggap.console.people_forms import MOST_CHOICES, PersonField, agencies_to_invite_to
from tanggap.directory.models import Agency
from tanggap.directory.selectors import Ambiguous, calendar_of, find_agency

HERE = "console:on-call"
MOST_SHOWN = 100
A_NIGHT = timedelta(hours=16)


class ShiftForm(forms.Form):
    """Who, from when to when, on the agency's own clock."""

    person = PersonField(
        label=gettext_lazy("Petugas"),
        queryset=Person.objects.none(),
        empty_label=gettext_lazy("Pilih petugas"),
        help_text=gettext_lazy("Hanya yang dapat memverifikasi: admin instansi, inspektorat, admin nasional."),
    )
    starts_at = forms.DateTimeField(label=gettext_lazy("Mulai"))
    ends_at = forms.DateTimeField(label=gettext_lazy("Selesai"))

    def __init__(self, agency: Agency, moment: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = calendar_of(agency.pk).zone
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)
        able = may_take_shifts(agency, on=local_day(moment)).values_list("pk", flat=True)[:MOST_CHOICES]
        person.queryset = Person.objects.filter(pk__in=list(able)).order_by("name", "pk")
        local = moment.astimezone(self.zone)
        evening = local.replace(hour=16, minute=0, second=0, microsecond=0)
        for name, start in (("starts_at", evening), ("ends_at", evening + A_NIGHT)):
            self.fields[name].widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            self.initial.setdefault(name, start.replace(tzinfo=None))

    def _zoned(self, name: str) -> datetime:
        """What was typed is the agency's own time, wherever the server stands."""
        typed: datetime = self.cleaned_data[name]
        return typed.replace(tzinfo=self.zone)

    def clean_starts_at(self) -> datetime:
        """In the agency's zone."""
        return self._zoned("starts_at")

    def clean_ends_at(self) -> datetime:
        """In the agency's zone."""
        return self._zoned("ends_at")


@with_role(*INVITES)
@require_http_methods(["GET", "HEAD", "POST"])
def turns(request: HttpRequest) -> HttpResponse:
    """`/kerja/piket/?instansi=<code>`: who is called now, the coming turns, and a new one."""
    actor, moment = actor_of(request), now()
    agency, trouble = _agency(request)
    form = ShiftForm(agency, moment, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not trouble and form.is_valid():
        try:
            add_shift(agency=agency, **form.cleaned_data, actor=actor, now=moment)
        except Forbidden:
            raise
        except TanggapError as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Giliran jaga tersimpan."))
            return redirect(_address(agency))
    shifts = list(shifts_governed_by(actor, at=moment).filter(agency__path__startswith=agency.path)[:MOST_SHOWN])
    values = {
        "form": form,
        "agency": agency,
        "choices": [] if governs_everything(actor) else agencies_to_invite_to(actor),
        "typed": request.GET.get("instansi", "")[:250],
        "trouble": trouble,
        "called": on_call(agency, at=moment),
        "shifts": [(shift, shift.starts_at <= moment, calendar_of(shift.agency_id).zone) for shift in shifts],
        "here_url": _address(agency),
    }
    wrong = bool(trouble) or (request.method == "POST")
    return page(request, "piket.html", values, here=HERE, status=422 if wrong else 200)


def _agency(request: HttpRequest) -> tuple[Agency, str]:
    """The agency of the address, or the own one; with a sentence where the address names none."""
    actor = actor_of(request)
    mine = own_agency(actor)
    typed = request.GET.get("instansi", "").replace("\x00", "").strip()[:250]
    if not typed:
        return mine, ""
    try:
        agency = find_agency(typed)
    except Ambiguous:
        return mine, _("Ada beberapa instansi dengan nama itu. Tulis kodenya.")
    except NotFound as error:
        return mine, error.message
    if not governs(actor, agency):
        raise Http404
    return agency, ""


def _address(agency: Agency) -> str:
    return f"{reverse(HERE)}?{urlencode({'instansi': agency.code})}"


@with_role(*INVITES)
@require_POST
def remove(request: HttpRequest, shift_id: int) -> HttpResponse:
    """A coming turn goes, a running one ends now."""
    shift = OnCallShift.objects.select_related("agency").filter(pk=shift_id).first()
    if shift is None:
        raise Http404
    try:
        remove_shift(shift_id=shift_id, actor=actor_of(request), now=now())
    except Forbidden:
        raise
    except TanggapError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Giliran jaga berakhir."))
    return redirect(_address(shift.agency))
