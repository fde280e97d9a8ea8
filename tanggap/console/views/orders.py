"""The secretary's morning list, and what was ordered."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanggap.accounts.roles import Role
from tanggap.common.clock import now
from tanggap.common.errors import Invalid, Refused
from tanggap.common.refusals import show_refusal
from tanggap.console.access import actor_of, officer, own_agency, own_calendar, with_role
from tanggap.console.letter_forms import OrderForm, OutcomeForm
from tanggap.console.letter_rows import row_of
from tanggap.console.pages import page
from tanggap.console.queues import row_of as case_row
from tanggap.console.views.letters import letter_page
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.letters.access import letter_for, letters_visible_to, may_sign
from tanggap.escalation.letters.instructions import instructions_visible_to, may_finish
from tanggap.escalation.models import Letter
from tanggap.escalation.selectors.daily_list import daily_list, late_cases
from tanggap.escalation.services.finish_instruction import finish_instruction
from tanggap.escalation.services.give_instruction import give_instruction

HERE = "console:letters"
MOST_LATE, MOST_ORDERS, MOST_LETTERS = 30, 200, 30
READS_DAILY = (Role.SEKDA, Role.REGIONAL_HEAD)


@with_role(*READS_DAILY)
@require_safe
def daily(request: HttpRequest) -> HttpResponse:
    """`/kerja/surat/harian/`: late cases by unit, letters to sign and issued, orders still open."""
    actor, moment = actor_of(request), now()
    calendar = own_calendar(actor)
    found = daily_list(actor, own_agency(actor), now=moment)
    letters = letters_visible_to(actor)
    waiting = letters.filter(state=Letter.State.WAITING).order_by("on", "pk")[:MOST_LETTERS]
    issued = letters.filter(state=Letter.State.ISSUED).order_by("-issued_at", "-pk")[:MOST_LETTERS]
    values = {
        "list": found,
        "late": [case_row(case, now=moment) for case in late_cases(actor, now=moment)[:MOST_LATE]],
        "waiting": [(row_of(one), may_sign(actor, one)) for one in waiting],
        "issued": [row_of(one) for one in issued if one.issued_at and calendar.local_date(one.issued_at) == found.day],
        "now": moment,
        "zone": calendar.zone,
    }
    return page(request, "harian.html", values, here=HERE)


@officer
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """`/kerja/surat/perintah/`: what was ordered, the overdue first; what is done below."""
    return _orders_page(request)


def _orders_page(request: HttpRequest, wrong: tuple[int, forms.Form] | None = None) -> HttpResponse:
    actor, moment = actor_of(request), now()
    today = own_calendar(actor).local_date(moment)
    visible = instructions_visible_to(actor)
    open_rows = []
    for one in visible.filter(done_at__isnull=True).order_by("due_on", "pk")[:MOST_ORDERS]:
        form: forms.Form | None = OutcomeForm(prefix=f"p{one.pk}") if may_finish(actor, one) else None
        if wrong is not None and wrong[0] == one.pk:
            form = wrong[1]
        open_rows.append((one, one.due_on < today, form))
    done = visible.filter(done_at__isnull=False).order_by("-done_at", "-pk")[:MOST_ORDERS]
    values = {"open": open_rows, "done": done, "zone": own_calendar(actor).zone, "today": today}
    return page(request, "perintah.html", values, here=HERE, status=422 if wrong else 200)


@officer
@require_POST
def give(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Order something on a letter."""
    actor, moment = actor_of(request), now()
    found = letter_for(actor, letter_id)
    form = OrderForm(request.POST, today=calendar_of(found.recipient_agency_id).local_date(moment))
    if form.is_valid():
        try:
            give_instruction(**form.cleaned_data, letter_id=letter_id, actor=actor, now=moment)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("Perintah tercatat dan dikirim kepada unit itu."))
            return redirect("console:orders")
    return letter_page(request, found, wrong=form)


@officer
@require_POST
def finish(request: HttpRequest, instruction_id: int) -> HttpResponse:
    """Say that an order is done, and what came of it."""
    form = OutcomeForm(request.POST, prefix=f"p{instruction_id}")
    if form.is_valid():
        try:
            finish_instruction(
                instruction_id=instruction_id, outcome=form.cleaned_data["outcome"], actor=actor_of(request), now=now()
            )
        except Refused as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Perintah dinyatakan selesai."))
        return redirect("console:orders")
    return _orders_page(request, (instruction_id, form))
