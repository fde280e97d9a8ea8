"""Messages that failed for good, or that nobody was there to get."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tanggap.common.clock import now
from tanggap.common.errors import NotFound, Refused
from tanggap.common.pagination import keyset_page
from tanggap.console.access import actor_of, own_calendar, with_role
from tanggap.console.outbox import READS_OUTBOX, dead_letters, lines_of
from tanggap.console.pages import page
from tanggap.console.template_titles import TITLES
from tanggap.console.views.messages.tabs import HERE, tabs_of
from tanggap.notify.models import Channel, MessageState
from tanggap.notify.services.send_again import send_again
from tanggap.notify.templates import TEMPLATES

SIZE = 25


@with_role(*READS_OUTBOX)
@require_safe
def dead(request: HttpRequest) -> HttpResponse:
    """`/kerja/pesan/gagal/`: newest first, narrowed by channel and template; nonsense in the address is ignored."""
    actor = actor_of(request)
    rows = dead_letters(actor)
    channel, template = request.GET.get("kanal", ""), request.GET.get("pesan", "")
    if channel in Channel.values:
        rows = rows.filter(channel=channel)
    if template in TEMPLATES:
        rows = rows.filter(template=template)
    shown = keyset_page(rows, order=("-id",), cursor=request.GET.get("cursor"), size=SIZE)
    lines = lines_of(shown.items, actor)
    values = {
        "tabs": tabs_of(actor, "dead-letters"),
        "page": shown,
        "lines": lines,
        "sendable": any(not line.vacant for line in lines),
        "channels": Channel.choices,
        "channel": channel,
        "templates": sorted(((name, str(TITLES.get(name, name))) for name in TEMPLATES), key=lambda pair: pair[1]),
        "template": template,
        "narrowed": bool(channel or template),
        "here": request.get_full_path(),
        "zone": own_calendar(actor).zone,
    }
    return page(request, "pesan/gagal.html", values, here=HERE)


@with_role(*READS_OUTBOX)
@require_POST
def resend(request: HttpRequest) -> HttpResponse:
    """One message (`satu`), or all that this page listed (`id`), at most a page of them."""
    actor, moment = actor_of(request), now()
    chosen = request.POST.getlist("satu") or request.POST.getlist("id")
    ids = [int(text) for text in chosen[:SIZE] if text.isascii() and text.isdigit() and len(text) < 19]
    sent, refused = 0, ""
    for row in dead_letters(actor).filter(pk__in=ids, state=MessageState.FAILED).order_by("id"):
        try:
            send_again(message_id=row.pk, actor_key=actor.key, now=moment)
        except (Refused, NotFound) as error:
            refused = error.message
        else:
            sent += 1
    if sent:
        words = ngettext("%(n)s pesan kembali ke antrean.", "%(n)s pesan kembali ke antrean.", sent) % {"n": sent}
        messages.success(request, words)
    if refused:
        messages.error(request, refused)
    elif not sent:
        messages.warning(request, _("Tidak ada pesan yang dikirim lagi: pesan itu sudah dikirim atau tidak ada."))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    wanted, home = request.POST.get("next", ""), reverse("console:dead-letters")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith(home)
    return wanted if safe else home
