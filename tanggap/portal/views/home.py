"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tanggap.cases.policies import public_cases
from tanggap.cases.promises import usual_limits
from tanggap.cases.workflow import Outcome, State
from tanggap.common.clock import now
from tanggap.directory.selectors import calendar_of, root_agency
from tanggap.evaluation.reporting.choosing import months_until, period_words
from tanggap.evaluation.reporting.page import headline
from tanggap.evaluation.reporting.sheet import national_card
from tanggap.portal.rows import rows_of

SOLVED_SHOWN, MONTHS = 3, 2


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One big action, the tracking box, the road with its clocks, what was solved, honest figures."""
    solved = public_cases().filter(state=State.CLOSED).exclude(outcome=Outcome.REFUSED)
    newest = solved.select_related("agency__body", "region").order_by("-received_at", "-id")[:SOLVED_SHOWN]
    period = months_until(now().astimezone(calendar_of(root_agency().pk).zone).date(), MONTHS)
    values = {
        "limits": usual_limits(),
        "solved": rows_of(newest),
        "words": period_words(period),
        **headline(national_card(period).figures),
    }
    return render(request, "portal/beranda.html", values)
