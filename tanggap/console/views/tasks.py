"""`/kerja/tugas/`: what leaders ask because of a brief, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.common.clock import now
from tanggap.common.errors import Invalid, NotFound, Refused
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, own_calendar, with_role
from tanggap.console.pages import page
from tanggap.console.queues import Row, row_of
from tanggap.console.task_forms import AnswerForm, ReturnForm, TaskForm
from tanggap.console.views.brief import asked_of
from tanggap.directory.selectors import agency_by_id, calendar_of
from tanggap.evaluation.brief_words import line_words, window_words
from tanggap.evaluation.briefs.task_steps import State, Step
from tanggap.evaluation.briefs.windows import Length, Window
from tanggap.evaluation.models import Task
from tanggap.evaluation.selectors.briefs.composing import brief_for
from tanggap.evaluation.selectors.briefs.lines import LONGEST as LONGEST_LINE
from tanggap.evaluation.selectors.briefs.lines import cases_of_line
from tanggap.evaluation.selectors.briefs.scope import Scope, query_of
from tanggap.evaluation.selectors.tasks import (
    GIVES,
    TAKES,
    cases_pointed_to,
    giving_grant,
    may_take,
    officers_to_ask,
    task_for,
    tasks_visible_to,
    units_to_ask,
    waiting_for,
)
from tanggap.evaluation.services.accept_task import accept_task
from tanggap.evaluation.services.answer_task import answer_task
from tanggap.evaluation.services.assign_task import assign_task
from tanggap.evaluation.services.return_task import return_task

HERE = "console:tasks"
HAS_TASKS = (*GIVES, *TAKES)
MOST, MOST_CASES = 200, 10
USUAL_DAYS = 5
"""Working days proposed for a task."""
STEPS: dict[str, tuple[Callable[..., Task], type[forms.Form] | None]] = {
    Step.ANSWER: (answer_task, AnswerForm),
    Step.RETURN: (return_task, ReturnForm),
    Step.ACCEPT: (accept_task, None),
}


@with_role(*HAS_TASKS)
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, what waits for others, what is done."""
    actor = actor_of(request)
    calendar = own_calendar(actor)
    rows = list(tasks_visible_to(actor).exclude(state=State.ACCEPTED).order_by("due_on", "pk")[:MOST])
    mine = waiting_for(actor, rows)
    values = {
        "mine": mine,
        "others": [task for task in rows if task not in mine],
        "done": tasks_visible_to(actor).filter(state=State.ACCEPTED).order_by("-due_on", "-pk")[:MOST],
        "today": calendar.local_date(now()),
        "gives": actor.has_role(*GIVES),
    }
    return page(request, "tugas.html", values, here=HERE)


@with_role(*GIVES)
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest) -> HttpResponse:
    """`/kerja/tugas/baru/?baris=…`: a line of a brief becomes a task; the words are a proposal."""
    actor, moment = actor_of(request), now()
    scope, window = asked_of(request)
    if giving_grant(actor, scope.agency) is None:
        raise NotFound(_("Unit ini tidak ada, atau bukan wewenang Anda."), code="no_unit")
    line = request.GET.get("baris", "").replace("\x00", "")[:LONGEST_LINE]
    units, officers = units_to_ask(scope.agency), officers_to_ask(scope.agency, on=local_day(moment))
    given: dict[str, Any] = {"units": units, "officers": officers, "today": scope.today(moment)}
    if request.method == "POST":
        form = TaskForm(request.POST, **given)
        if form.is_valid() and (task := _assigned(form, actor, line, window, {post.pk: post for post in officers})):
            messages.success(request, _("Tugas tercatat dan dikirim pada jam kantor."))
            return redirect("console:task", task_id=task.pk)
    else:
        proposed = line_words(brief_for(scope, window, now=moment), line) if line else ""
        due_on = calendar_of(scope.agency.pk).add_working_days(scope.today(moment), USUAL_DAYS)
        chosen = line if line.startswith("unit:") else ""
        form = TaskForm(initial={"text": proposed, "to": chosen, "due_on": due_on}, **given)
    values = {
        "form": form,
        "window_words": window_words(window),
        "query": f"{query_of(scope, window)}",
        "line": line,
        "agency": scope.agency,
    }
    return page(request, "tugas_baru.html", values, here=HERE, status=422 if form.errors else 200)


def _assigned(form: TaskForm, actor: Actor, line: str, window: Window, posts: dict[int, Any]) -> Task | None:
    """The new task; None with the reason in the form."""
    kind, _colon, number = form.cleaned_data["to"].partition(":")
    post = posts.get(int(number)) if kind == "petugas" else None
    agency = post.agency if post is not None else agency_by_id(int(number))
    try:
        return assign_task(
            agency=agency,
            officer=post.person if post is not None else None,
            text=form.cleaned_data["text"],
            due_on=form.cleaned_data["due_on"],
            actor=actor,
            now=now(),
            line=line,
            window=window,
        )
    except Invalid as error:
        show_refusal(form, error)
        return None


@with_role(*HAS_TASKS)
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """`/kerja/tugas/<id>/`: its words, the cases behind it, and the next step."""
    actor = actor_of(request)
    found = task_for(actor, task_id)
    wrong: forms.Form | None = None
    if request.method == "POST":
        wrong = _take(request, found, actor)
        if wrong is None:
            return redirect("console:task", task_id=task_id)
    answer: forms.Form | None = AnswerForm() if may_take(actor, Step.ANSWER, found) else None
    back: forms.Form | None = ReturnForm() if may_take(actor, Step.RETURN, found) else None
    entries = [(entry, cases_pointed_to(actor, entry.case_ids)) for entry in found.entries.all()]
    behind, total = _behind(found, actor)
    values = {
        "task": found,
        "entries": entries,
        "answer": wrong if isinstance(wrong, AnswerForm) else answer,
        "back": wrong if isinstance(wrong, ReturnForm) else back,
        "accepts": may_take(actor, Step.ACCEPT, found),
        "behind": behind,
        "behind_total": total,
        "late": found.state in (State.OPEN, State.RETURNED) and found.due_on < own_calendar(actor).local_date(now()),
        "zone": own_calendar(actor).zone,
    }
    return page(request, "tugas_satu.html", values, here=HERE, status=422 if wrong else 200)


def _behind(found: Task, actor: Actor) -> tuple[list[Row], int]:
    """The cases of the line it comes from, as far as this reader sees them."""
    if not found.line or found.first is None:
        return [], 0
    window = Window(Length(found.length), found.first)
    moment = now()
    cases = cases_of_line(Scope(actor, found.given_at_agency), window, found.line, now=moment)
    rows = cases.select_related("agency__body", "region", "category").order_by("-received_at", "-pk")[: MOST_CASES + 1]
    return [row_of(case, now=moment) for case in rows][:MOST_CASES], len(rows)


def _take(request: HttpRequest, found: Task, actor: Actor) -> forms.Form | None:
    """Take the step that was pressed; a form with what is wrong where it could not be."""
    step = request.POST.get("langkah", "")
    if step not in STEPS:
        return None
    service, shape = STEPS[step]
    form = shape(request.POST) if shape is not None else None
    if form is not None and not form.is_valid():
        return form
    try:
        service(task_id=found.pk, actor=actor, now=now(), **(form.cleaned_data if form is not None else {}))
    except Refused as error:
        messages.error(request, error.message)
    except Invalid as error:
        assert form is not None
        show_refusal(form, error)
        return form
    else:
        messages.success(request, _("Tersimpan."))
    return None
