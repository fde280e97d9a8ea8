"""The brief: what a leader reads on a phone in a minute."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tanggap.common.clock import now
from tanggap.console import figures
from tanggap.console.access import READS_BRIEFS, actor_of, own_calendar, with_role
from tanggap.console.pages import page
from tanggap.console.queues import midnight

MOST_UNITS = 3


@with_role(*READS_BRIEFS)
@require_safe
def brief(request: HttpRequest) -> HttpResponse:
    """`/kerja/ringkasan/`: seven days, what needs a decision, what rises, what was solved."""
    actor, moment = actor_of(request), now()
    calendar = own_calendar(actor)
    loads = figures.loads_of(actor, now=moment, midnight=midnight(moment, calendar))
    behind = [load for load in loads if load.late]
    week = figures.week_of(actor, moment)
    rising = figures.rising_topics(actor, moment)
    values = {
        "headline": _headline(len(behind), len(rising), week.late),
        "week": week,
        "behind": behind[:MOST_UNITS],
        "rising": rising,
        "solved": figures.solved_lately(actor, moment),
        "since": moment - figures.WEEK,
        "now": moment,
        "zone": calendar.zone,
    }
    return page(request, "ringkasan.html", values, here="console:brief")


def _headline(behind: int, rising: int, late: int) -> str:
    parts = []
    if behind:
        parts.append(ngettext("%(n)s unit terlambat", "%(n)s unit terlambat", behind) % {"n": behind})
    elif late:
        parts.append(ngettext("%(n)s laporan terlambat", "%(n)s laporan terlambat", late) % {"n": late})
    if rising:
        parts.append(ngettext("%(n)s keluhan sedang naik", "%(n)s keluhan sedang naik", rising) % {"n": rising})
    if not parts:
        return _("Tidak ada yang terlambat, tidak ada yang menonjol.")
    words = ", ".join(parts)
    return words[:1].upper() + words[1:] + "."
