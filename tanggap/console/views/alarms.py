"""The alarms of coordinators and national admins, and the list of what is late."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tanggap.accounts.policies import governs_everything
from tanggap.accounts.selectors.inactivity import QUIET_FOR
from tanggap.common.clock import now
from tanggap.common.pagination import keyset_page
from tanggap.console import figures
from tanggap.console.access import actor_of, own_calendar, with_role
from tanggap.console.alarms import HEARS_ALARMS, alarms_of, late_rows
from tanggap.console.outbox import channel_words, reads_through
from tanggap.console.pages import page

HERE = "console:alarms"
SIZE = 25


@with_role(*HEARS_ALARMS)
@require_safe
def alarms(request: HttpRequest) -> HttpResponse:
    """`/kerja/peringatan/`: each alarm with whoever can end it one link away."""
    actor, moment = actor_of(request), now()
    found = alarms_of(actor, now=moment)
    values = {
        "alarms": found,
        "failing": [channel_words(channel) for channel in found.failing],
        "everything": governs_everything(actor),
        "quiet_days": QUIET_FOR.days,
        "now": moment,
        "zone": own_calendar(actor).zone,
    }
    return page(request, "peringatan.html", values, here=HERE)


@with_role(*HEARS_ALARMS)
@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """`/kerja/peringatan/terlambat/`: by unit, the longest first: who holds it, since when, how long over its limit."""
    actor, moment = actor_of(request), now()
    cases = figures.late_cases(reads_through(actor), moment).order_by()
    shown = keyset_page(cases, order=("agency__code", "due_at", "id"), cursor=request.GET.get("cursor"), size=SIZE)
    values = {
        "rows": late_rows(shown.items),
        "page": shown,
        "now": moment,
        "zone": own_calendar(actor).zone,
    }
    return page(request, "terlambat.html", values, here=HERE)
