"""`/kerja/aturan/tangga/`: who is reminded when, an editor for each clock, and a dry run on one case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.cases.selectors import get_case_for
from tanggap.common import formats
from tanggap.common.clock import now
from tanggap.common.clockwords import language
from tanggap.common.errors import Forbidden, TanggapError
from tanggap.console import rule_words as words
from tanggap.console.access import actor_of, with_role
from tanggap.console.ladder_words import TriedLine, step_words, tried_lines
from tanggap.console.pages import INVITES
from tanggap.console.views.settings.ladder_forms import (
    EndForm,
    StepForms,
    TryForm,
    VersionForm,
    step_forms,
    wishes_of,
)
from tanggap.console.views.settings.scope import Scope, scope_of, settings_page
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.dry_run import dry_run
from tanggap.escalation.ladder_edits import OWN_CLOCKS, StepWish, check_ladder, rungs_of
from tanggap.escalation.selectors.ladders import LadderLine, ladders_of, steps_of
from tanggap.escalation.services.end_ladder import end_ladder
from tanggap.escalation.services.save_ladder import save_ladder

ROOM = "rule-ladders"


@dataclass(frozen=True)
class Shown:
    """One ladder of the list."""

    name: str
    level: str
    own: bool
    steps: list[str]
    planned: list[str]
    url: str


@dataclass(frozen=True)
class Tried:
    """What a dry run found, for the page."""

    number: str
    lines: list[TriedLine]
    stopped: str


@with_role(*INVITES)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every ladder that holds for an agency today, and where it comes from."""
    scope = scope_of(request)
    lines = [_shown(scope, line) for line in ladders_of(scope.agency, on=_today(scope))]
    return settings_page(request, scope, "tangga.html", {"lines": lines}, room=ROOM)


def _today(scope: Scope) -> date:
    return calendar_of(scope.agency_id).local_date(now())


def _shown(scope: Scope, line: LadderLine) -> Shown:
    changeable = scope.agency is None or line.clock in OWN_CLOCKS
    return Shown(
        name=words.clock_name(line.clock),
        level=words.level_name(line.level),
        own=line.own and scope.agency is not None,
        steps=[step_words(step) for step in line.steps],
        planned=[formats.long_date(row.valid_from, language()) for row in line.planned],
        url=scope.address("rule-ladder", line.clock) if changeable else "",
    )


@with_role(*INVITES)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, clock: str) -> HttpResponse:
    """The steps of one clock: edited, tried on a case, saved as a new version from a day on."""
    scope = scope_of(request)
    line = next((one for one in ladders_of(scope.agency, on=_today(scope)) if one.clock == clock), None)
    if line is None or (scope.agency is not None and clock not in OWN_CLOCKS):
        raise Http404
    desk = Desk(request, scope, line)
    if request.method != "POST":
        return desk.page()
    if "akhiri" in request.POST:
        return desk.end()
    return desk.save_or_try()


class Desk:
    """One request to the editor of a ladder."""

    def __init__(self, request: HttpRequest, scope: Scope, line: LadderLine) -> None:
        self.request, self.scope, self.line = request, scope, line
        tomorrow = _today(scope) + timedelta(days=1)
        planned = line.planned[-1] if line.planned else None
        start: dict[str, Any] = {"valid_from": planned.valid_from if planned else tomorrow}
        if planned:
            start["source"] = planned.source
        self.steps: Any = step_forms(steps_of(planned) if planned else line.steps)
        self.version: forms.Form = VersionForm(initial=start)
        self.trial: forms.Form = TryForm(prefix="t")
        self.ends: forms.Form = EndForm(prefix="e", initial={"first_day": tomorrow})
        self.wrong: list[str] = []

    def page(self, *, tried: Tried | None = None, wrong: forms.Form | None = None) -> HttpResponse:
        refused = bool(wrong or self.wrong)
        values = {
            "name": words.clock_name(self.line.clock),
            "level": words.level_name(self.line.level),
            "planned": [formats.long_date(row.valid_from, language()) for row in self.line.planned],
            "steps": self.steps,
            "version": self.version,
            "trial": self.trial,
            "ends": self.ends,
            "may_end": self.scope.agency is not None and (self.line.own or self.line.planned),
            "tried": tried,
            "wrong": wrong,
            "wrong_lines": self.wrong,
            "back_url": self.scope.address(ROOM),
        }
        return settings_page(
            self.request, self.scope, "tangga_ubah.html", values, room=ROOM, status=422 if refused else 200
        )

    def save_or_try(self) -> HttpResponse:
        """Steps first: neither a trial nor a save goes on with a wrong one."""
        trying = "coba" in self.request.POST
        self.steps = StepForms(self.request.POST, prefix="s")
        self.version = VersionForm(self.request.POST if not trying else None, initial=self._typed())
        typed = {"number": self.request.POST.get("t-number", "")}
        self.trial = TryForm(self.request.POST if trying else None, prefix="t", initial=typed)
        if not self.steps.is_valid():
            self._gather_step_errors()
            return self.page()
        wishes = list(wishes_of(self.steps))
        try:
            check_ladder(self.line.clock, wishes, national=self.scope.agency is None)
        except TanggapError as error:
            self.wrong = [error.message]
            return self.page()
        return self._try(wishes) if trying else self._save(wishes)

    def _typed(self) -> dict[str, str]:
        return {name: self.request.POST.get(name, "") for name in ("valid_from", "source")}

    def _gather_step_errors(self) -> None:
        for number, form in enumerate(self.steps, 1):
            for bound in form:
                self.wrong += [
                    _("Langkah %(n)s, %(label)s: %(wrong)s") % {"n": number, "label": bound.label, "wrong": error}
                    for error in bound.errors
                ]
        self.wrong += [str(error) for error in self.steps.non_form_errors()]

    def _save(self, wishes: list[StepWish]) -> HttpResponse:
        if not self.version.is_valid():
            return self.page(wrong=self.version)
        try:
            save_ladder(
                clock=self.line.clock,
                agency=self.scope.agency,
                steps=wishes,
                actor=actor_of(self.request),
                now=now(),
                **self.version.cleaned_data,
            )
        except Forbidden:
            raise
        except TanggapError as error:
            self.version.add_error(error.field if error.field in self.version.fields else None, error.message)
            return self.page(wrong=self.version)
        day = formats.long_date(self.version.cleaned_data["valid_from"], language())
        messages.success(self.request, _("Tangga tersimpan. Berlaku mulai %(day)s.") % {"day": day})
        return redirect(self.scope.address(ROOM))

    def _try(self, wishes: list[StepWish]) -> HttpResponse:
        if not self.trial.is_valid():
            return self.page(wrong=self.trial)
        moment = now()
        try:
            case = get_case_for(actor_of(self.request), self.trial.cleaned_data["number"])
        except TanggapError:
            self.trial.add_error("number", _("Tidak ada laporan dengan nomor itu yang dapat Anda buka."))
            return self.page(wrong=self.trial)
        number = case.tracking_id
        found = dry_run(case, self.line.clock, rungs_of(wishes), now=moment)
        ids = {step.recipient.agency_id for step in found.steps if step.recipient.agency_id}
        agencies = Agency.objects.select_related("body").in_bulk(ids)
        lines = tried_lines(found, agencies, case.agency_id, now=moment)
        zone = calendar_of(case.agency_id).zone
        stopped = formats.long_datetime(found.stopped_at, zone, language()) if found.stopped_at else ""
        return self.page(tried=Tried(number, lines, stopped))

    def end(self) -> HttpResponse:
        """Back to the ladder above."""
        self.ends = EndForm(self.request.POST, prefix="e")
        if not self.ends.is_valid() or self.scope.agency is None:
            return self.page(wrong=self.ends)
        try:
            end_ladder(
                clock=self.line.clock,
                agency=self.scope.agency,
                actor=actor_of(self.request),
                now=now(),
                **self.ends.cleaned_data,
            )
        except Forbidden:
            raise
        except TanggapError as error:
            self.ends.add_error("first_day", error.message)
            return self.page(wrong=self.ends)
        messages.success(self.request, _("Tangga instansi berakhir; sesudah itu tangga di atasnya yang berlaku."))
        return redirect(self.scope.address(ROOM))
