"""What is due today, told on the first page after signing in and on the first page of each day."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.common.clock import now
from tanggap.console import queues
from tanggap.console.access import own_calendar

TOLD = (Role.LIAISON_OFFICER, Role.COORDINATOR, Role.NATIONAL_ADMIN, Role.INSPECTOR)
SESSION_KEY = "due_told_on"


def tell_due(request: HttpRequest, actor: Actor) -> None:
    """Put the notice on this page, once a session and day. One statement on that page, none on the others."""
    if request.method != "GET" or not actor.has_role(*TOLD):
        return
    moment, calendar = now(), own_calendar(actor)
    today = calendar.local_date(moment).isoformat()
    if request.session.get(SESSION_KEY) == today:
        return
    request.session[SESSION_KEY] = today
    counted = queues.counts(actor, queues.DEFAULT_QUEUE, now=moment, calendar=calendar)
    late, due = counted["late"], counted["today"]
    if late or due:
        tell = messages.warning if late else messages.info
        tell(request, format_html('{} <a href="{}">{}</a>', _words(late, due), reverse("console:inbox"), _("Lihat")))


def _words(late: int, due: int) -> str:
    parts = []
    if due:
        parts.append(
            ngettext("%(n)s laporan jatuh tempo hari ini.", "%(n)s laporan jatuh tempo hari ini.", due) % {"n": due}
        )
    if late:
        parts.append(ngettext("%(n)s laporan sudah lewat batasnya.", "%(n)s laporan sudah lewat batasnya.", late)
                     % {"n": late})  # fmt: skip
    return " ".join(parts)
