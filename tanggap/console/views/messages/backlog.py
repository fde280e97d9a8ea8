"""What waits to leave, and how the providers do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tanggap.accounts.policies import governs_everything
from tanggap.common.clock import now
from tanggap.console.access import actor_of, own_calendar, with_role
from tanggap.console.outbox import READS_OUTBOX, backlog_of
from tanggap.console.pages import page
from tanggap.console.views.messages.tabs import HERE, tabs_of


@with_role(*READS_OUTBOX)
@require_safe
def backlog(request: HttpRequest) -> HttpResponse:
    """`/kerja/pesan/`: per channel and brand; with every provider down it says what waits and that nothing is lost."""
    actor, moment = actor_of(request), now()
    channels = backlog_of(actor, now=moment)
    values = {
        "tabs": tabs_of(actor, "messages"),
        "channels": channels,
        "waiting": sum(channel.waiting for channel in channels),
        "overdue": sum(channel.overdue for channel in channels),
        "failing": [channel for channel in channels if channel.failing],
        "everything": governs_everything(actor),
        "now": moment,
        "zone": own_calendar(actor).zone,
    }
    return page(request, "pesan/antrean.html", values, here=HERE)
