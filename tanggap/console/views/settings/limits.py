"""`/kerja/aturan/batas/`: how long each clock runs, and a preview before a limit changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.cases.clocks import Limit
from tanggap.cases.deadlines import LimitRow, length_of, limit_rows
from tanggap.cases.limit_changes import OWN_CLOCKS, Wish, plan_limit
from tanggap.cases.models import ClockName, LimitUnit
from tanggap.cases.previewing import preview
from tanggap.cases.services.change_limit import change_limit
from tanggap.cases.workflow import Classification
from tanggap.common.clock import now
from tanggap.common.clockwords import days
from tanggap.common.errors import Forbidden, TanggapError
from tanggap.common.refusals import show_refusal
from tanggap.console import rule_words as words
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import INVITES
from tanggap.console.views.settings.calendar import preview_page
from tanggap.console.views.settings.calendar_forms import date_input
from tanggap.console.views.settings.scope import Scope, scope_of, settings_page
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of

ROOM = "rule-limits"
UNITS = (
    (LimitUnit.WORKING_DAYS.value, _("hari kerja")),
    (LimitUnit.CALENDAR_DAYS.value, _("hari kalender")),
    (LimitUnit.HOURS.value, _("jam, siang dan malam")),
)


class LimitForm(forms.Form):
    """A limit from a day on."""

    amount = forms.IntegerField(label=_("Lamanya"), min_value=1, max_value=3660)
    unit = forms.ChoiceField(label=_("Dihitung dalam"), choices=UNITS)
    valid_from = forms.DateField(
        label=_("Berlaku mulai"),
        widget=date_input(),
        help_text=_("Jam yang mulai pada hari itu atau sesudahnya memakai batas ini."),
    )
    source = forms.CharField(
        label=_("Dasar aturan"), max_length=200, help_text=_("Misalnya Peraturan Bupati Nomor 12 Tahun 2026.")
    )


class EndForm(forms.Form):
    """Back to what is inherited, from a day on."""

    valid_from = forms.DateField(label=_("Mulai tanggal"), widget=date_input())


@dataclass(frozen=True)
class Line:
    """One limit in force, where it comes from, and what is planned."""

    name: str
    limit: str
    level: str
    since: date
    source: str
    own: bool
    planned: list[str]
    edit_url: str


PLACES: tuple[tuple[str, str], ...] = (
    (ClockName.VERIFICATION, ""),
    (ClockName.FIRST_ANSWER, ""),
    *((ClockName.RESOLUTION, kind.value) for kind in Classification),
    (ClockName.WINDOW, ""),
    (ClockName.COMPLETION, ""),
    (ClockName.OBJECTION, ""),
    (ClockName.STATUTORY, ""),
    (ClockName.INQUIRY, ""),
)


@with_role(*INVITES)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every limit in force for an agency today."""
    scope = scope_of(request)
    today = calendar_of(scope.agency_id).local_date(now())
    levels = Agency.objects.select_related("body").in_bulk([int(part) for part in scope.path.split("/") if part])
    lines = [_line(scope, levels, clock, kind, today, urgent=False) for clock, kind in PLACES]
    lines += [_line(scope, levels, clock, "", today, urgent=True) for clock in OWN_CLOCKS[:2]]
    return settings_page(request, scope, "batas.html", {"lines": [line for line in lines if line]}, room=ROOM)


def _line(scope: Scope, levels: dict[int, Agency], clock: str, kind: str, today: date, *, urgent: bool) -> Line | None:
    rows = [row for row in _rows_of(scope, clock, kind) if row.urgent == urgent]
    present = [row for row in rows if row.valid_from <= today and (row.valid_until or today) >= today]
    if not present:
        return None
    row = min(present, key=lambda one: length_of(one.limit))
    own = row.agency_id == scope.agency_id
    changeable = scope.agency is None or (clock in OWN_CLOCKS and not urgent)
    name = words.clock_name(clock, kind)
    return Line(
        name=words.urgent_name(name) if urgent else name,
        limit=days(row.limit.amount, row.limit.unit),
        level=words.level_name(levels.get(row.agency_id) if row.agency_id else None),
        since=row.valid_from,
        source=row.source,
        own=own,
        planned=words.planned(rows, today, scope.agency_id),
        edit_url=scope.address("rule-limit", jam=clock, klasifikasi=kind, mendesak="1" if urgent else "")
        if changeable
        else "",
    )


def _rows_of(scope: Scope, clock: str, kind: str) -> list[LimitRow]:
    return [
        row
        for row in limit_rows()
        if row.clock == clock
        and row.classification == kind
        and (row.agency_id is None or f"/{row.agency_id}/" in scope.path)
    ]


@with_role(*INVITES)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """One limit: its form, then what it does to open cases, then saved."""
    scope = scope_of(request)
    clock, kind, urgent = (_asked(request, name) for name in ("jam", "klasifikasi", "mendesak"))
    if clock not in ClockName.values or (kind and kind not in list(Classification)):
        raise Http404
    place: dict[str, Any] = {"clock": clock, "agency": scope.agency, "classification": kind, "urgent": bool(urgent)}
    ends = "akhiri" in request.POST
    if request.method != "POST":
        return _form_page(request, scope, place)
    form: forms.Form = EndForm(request.POST, prefix="e") if ends else LimitForm(request.POST)
    if not form.is_valid():
        return _form_page(request, scope, place, wrong=form)
    said = form.cleaned_data
    limit = None if ends else Limit(said["amount"], said["unit"])
    wish = Wish(limit=limit, valid_from=said["valid_from"], source=said.get("source", ""), **place)
    return _preview_or_save(request, scope, wish, form)


def _asked(request: HttpRequest, name: str) -> str:
    return (request.POST.get(name) or request.GET.get(name) or "").strip()[:24]


def _preview_or_save(request: HttpRequest, scope: Scope, wish: Wish, form: forms.Form) -> HttpResponse:
    actor, moment = actor_of(request), now()
    try:
        if "simpan" in request.POST:
            event = change_limit(wish=wish, actor=actor, now=moment)
            return redirect("console:rule-change", event_id=event.pk)
        edit = plan_limit(wish, now=moment)
    except Forbidden:
        raise
    except TanggapError as error:
        show_refusal(form, error)
        place = {"clock": wish.clock, "agency": wish.agency, "classification": wish.classification}
        return _form_page(request, scope, {**place, "urgent": wish.urgent}, wrong=form)
    seen = preview(edit, path=scope.path, actor=actor, now=moment)
    return preview_page(request, scope, words.edit_words(edit), seen, room=ROOM)


def _form_page(
    request: HttpRequest, scope: Scope, place: dict[str, Any], *, wrong: forms.Form | None = None
) -> HttpResponse:
    today = calendar_of(scope.agency_id).local_date(now())
    line = _line(
        scope,
        Agency.objects.select_related("body").in_bulk([int(part) for part in scope.path.split("/") if part]),
        place["clock"],
        place["classification"],
        today,
        urgent=place["urgent"],
    )
    if line is None or not line.edit_url:
        raise Http404
    values = {
        "line": line,
        "clock": place["clock"],
        "classification": place["classification"],
        "urgent": place["urgent"],
        "form": wrong if isinstance(wrong, LimitForm) else LimitForm(initial={"valid_from": today}),
        "ends": wrong if isinstance(wrong, EndForm) else EndForm(prefix="e", initial={"valid_from": today}),
        "may_end": line.own and scope.agency is not None,
        "wrong": wrong,
        "back_url": scope.address(ROOM),
    }
    return settings_page(request, scope, "batas_ubah.html", values, room=ROOM, status=422 if wrong else 200)
