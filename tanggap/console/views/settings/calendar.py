"""`/kerja/aturan/kalender/`: days off and working weeks of an office, a preview before each change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanggap.cases.previewing import Preview, preview
from tanggap.common.clock import now
from tanggap.common.errors import Forbidden, TanggapError
from tanggap.common.refusals import show_refusal
from tanggap.console import rule_words as words
from tanggap.console.access import actor_of, with_role
from tanggap.console.pages import INVITES
from tanggap.console.views.settings.calendar_forms import DayForm, WeekForm
from tanggap.console.views.settings.scope import Scope, may_change, scope_of, settings_page
from tanggap.directory.calendar_edits import CalendarEdit, Day, DayEdit, WeekEdit
from tanggap.directory.models import DayOff, OfficeWeek
from tanggap.directory.selectors import agency_by_id, calendar_of
from tanggap.directory.selectors.years import days_of_year, weeks_of
from tanggap.directory.services.edit_calendar import check_edit, edit_calendar

ROOM = "rule-calendar"
FIRST_YEAR, LAST_YEAR = 2015, 2100


@with_role(*INVITES)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """A year of days off with where each comes from, the working week, and the forms to change them."""
    return _page(request, scope_of(request))


def _page(
    request: HttpRequest, scope: Scope, *, day: DayForm | None = None, week: WeekForm | None = None
) -> HttpResponse:
    today = calendar_of(scope.agency_id).local_date(now())
    year = _year(request, today)
    calendar = calendar_of(scope.agency_id)
    start = {"days": sorted(map(str, calendar.week_on(today).days)), "opens": time(8), "closes": time(16)}
    values = {
        "year": year,
        "today": today,
        "previous_url": scope.address(ROOM, tahun=year - 1) if year > FIRST_YEAR else "",
        "next_url": scope.address(ROOM, tahun=year + 1) if year < LAST_YEAR else "",
        "lines": days_of_year(scope.agency, year),
        "weeks": [(line, words.week_words(line.week)) for line in weeks_of(scope.agency)],
        "present_week": words.week_words(calendar.week_on(today)),
        "day_form": day or _blank_day(request, scope),
        "week_form": week or WeekForm(prefix="w", initial=start),
        "wrong": day or week,
    }
    return settings_page(request, scope, "kalender.html", values, room=ROOM, status=422 if day or week else 200)


def _year(request: HttpRequest, today: date) -> int:
    typed = request.GET.get("tahun", "")
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else today.year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _blank_day(request: HttpRequest, scope: Scope) -> DayForm:
    """Empty, or begun by the link "work on this day"."""
    start = {name: request.GET.get(name, "")[:120] for name in ("date", "kind", "name")}
    return DayForm(national=scope.agency is None, initial=start)


@with_role(*INVITES)
@require_POST
def add_day(request: HttpRequest) -> HttpResponse:
    """A day off or an extra working day: first what it does, then saved."""
    scope = scope_of(request)
    form = DayForm(request.POST, national=scope.agency is None)
    if not form.is_valid():
        return _page(request, scope, day=form)
    row = DayOff.objects.filter(agency=scope.agency, date=form.on).first()
    before = Day(row.name, row.kind, row.working, row.estimated) if row else None
    edit = CalendarEdit(days=(DayEdit(scope.agency_id, form.on, before, form.day),))
    if form.day == before:
        form.add_error(None, _("Hari itu sudah tercatat begitu."))
        return _page(request, scope, day=form)

    def refused(error: TanggapError) -> HttpResponse:
        show_refusal(form, error)
        return _page(request, scope, day=form)

    return _preview_or_save(request, scope, edit, refused, reason=form.cleaned_data["reason"])


@with_role(*INVITES)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_day(request: HttpRequest, day_id: int) -> HttpResponse:
    """Take a row of one's own level away."""
    row = DayOff.objects.filter(pk=day_id).first()
    if row is None:
        raise Http404
    scope = _scope_of_row(request, row.agency_id)
    day = Day(row.name, row.kind, row.working, row.estimated)
    edit = CalendarEdit(days=(DayEdit(row.agency_id, row.date, day, None),))
    return _preview_or_save(request, scope, edit, _refuse_again(request, scope))


@with_role(*INVITES)
@require_POST
def add_week(request: HttpRequest) -> HttpResponse:
    """A working week from a day on."""
    scope = scope_of(request)
    form = WeekForm(request.POST, prefix="w")
    if not form.is_valid():
        return _page(request, scope, week=form)
    valid_from = form.cleaned_data["valid_from"]
    row = OfficeWeek.objects.filter(agency=scope.agency, valid_from=valid_from).first()
    edit = CalendarEdit(weeks=(WeekEdit(scope.agency_id, valid_from, words.week_of(row) if row else None, form.week),))

    def refused(error: TanggapError) -> HttpResponse:
        show_refusal(form, error)
        return _page(request, scope, week=form)

    return _preview_or_save(request, scope, edit, refused)


@with_role(*INVITES)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_week(request: HttpRequest, week_id: int) -> HttpResponse:
    """Take a planned week away. One that already holds is replaced, not removed."""
    row = OfficeWeek.objects.filter(pk=week_id).first()
    if row is None:
        raise Http404
    scope = _scope_of_row(request, row.agency_id)
    edit = CalendarEdit(weeks=(WeekEdit(row.agency_id, row.valid_from, words.week_of(row), None),))
    return _preview_or_save(request, scope, edit, _refuse_again(request, scope))


def _scope_of_row(request: HttpRequest, agency_id: int | None) -> Scope:
    actor = actor_of(request)
    if not may_change(actor, agency_id):
        raise Http404
    agency = agency_by_id(agency_id) if agency_id else None
    return Scope(agency, everything=agency_id is None, choices=[])


Refused = Callable[[TanggapError], HttpResponse]


def _refuse_again(request: HttpRequest, scope: Scope) -> Refused:
    def refused(error: TanggapError) -> HttpResponse:
        form = DayForm(national=scope.agency is None, data={})
        form.errors.clear()
        form.add_error(None, error.message)
        return _page(request, scope, day=form)

    return refused


def _preview_or_save(
    request: HttpRequest, scope: Scope, edit: CalendarEdit, refused: Refused, *, reason: str = ""
) -> HttpResponse:
    actor, moment = actor_of(request), now()
    try:
        if request.method == "POST" and "simpan" in request.POST:
            event = edit_calendar(agency_id=scope.agency_id, edit=edit, actor_key=actor.key, now=moment, reason=reason)
            return redirect("console:rule-change", event_id=event.pk)
        check_edit(edit, agency_id=scope.agency_id, now=moment)
    except Forbidden:
        raise
    except TanggapError as error:
        return refused(error)
    seen = preview(edit, path=scope.path, actor=actor, now=moment)
    return preview_page(request, scope, words.edit_words(edit), seen, room=ROOM)


def preview_page(request: HttpRequest, scope: Scope, said: list[str], seen: Preview, *, room: str) -> HttpResponse:
    """What would happen, with everything typed carried along to the button that saves."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "simpan")
        for value in values
    ]
    if "instansi" not in request.POST:
        kept.append(("instansi", scope.code))
    values = {
        "said": said,
        "preview": seen,
        "preview_words": words.preview_words(seen),
        "examples": words.examples_of(seen),
        "kept": kept,
        "back_url": scope.address(room),
    }
    return settings_page(request, scope, "periksa.html", values, room=room)
