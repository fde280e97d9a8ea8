"""The inbox: what is due first, on top."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.cases.selectors import inbox as cases_of
from tanggap.cases.selectors.lists import COUNT_AT_MOST, ENDED, NEWEST_FIRST, PRESSED, TOLD_OF_PRESSURE, pressed_cases
from tanggap.common.clock import now
from tanggap.common.pagination import keyset_page
from tanggap.console import filters as bar
from tanggap.console import queues
from tanggap.console.access import actor_of, officer, own_agency, own_calendar
from tanggap.console.own_desk import own_desk
from tanggap.console.pages import page
from tanggap.console.worklist import worklist_from

SIZE = 25
VERIFIES = (Role.COORDINATOR, Role.NATIONAL_ADMIN, Role.INSPECTOR)
FORWARDS = (Role.COORDINATOR, Role.NATIONAL_ADMIN)
HANDLES = (*VERIFIES, Role.LIAISON_OFFICER)


@officer
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """`/kerja/`: one queue, narrowed as the address says, a page of twenty-five."""
    actor, moment = actor_of(request), now()
    calendar = own_calendar(actor)
    queue, wanted = queues.queue_of(request.GET), queues.filters_of(request.GET)
    order = ("-received_at", "-id") if queue in NEWEST_FIRST else ("due_at", "id")
    cases = cases_of(actor, queue=queue, filters=wanted, now=moment, calendar=calendar)
    shown = keyset_page(cases, order=order, cursor=request.GET.get("cursor"), size=SIZE)
    counted = queues.counts(actor, queue, now=moment, calendar=calendar)
    worklist = worklist_from(request.GET)
    narrowed = queues.is_narrowed(wanted)
    selects = bar.selects_of(wanted, own_agency(actor))
    values = {
        "queue": queue,
        "tabs": _tabs(request, actor, queue, counted),
        "filters": wanted,
        "selects": selects,
        "own": own_desk(actor),
        "kept_query": queues.kept_query(request.GET),
        "narrowed": narrowed,
        "filter_words": bar.chosen_words(selects, wanted),
        "clear_url": f"?queue={queue}",
        "groups": queues.groups_of(
            shown.items,
            counted=None if narrowed else counted,
            now=moment,
            calendar=calendar,
            suffix=worklist.suffix if worklist else "",
        ),
        "page": shown,
        "shown": _shown(len(shown.items)),
        "now": moment,
        "zone": calendar.zone,
        "picks": actor.has_role(*HANDLES) and queue not in (*NEWEST_FIRST, "waiting"),
        "verifies": actor.has_role(*VERIFIES),
        "forwards": actor.has_role(*FORWARDS),
    }
    return page(request, "kotak_masuk.html", values, here="console:inbox")


def _tabs(request: HttpRequest, actor: Actor, queue: str, counted: dict[str, int]) -> list[object]:
    titles = {
        "attention": _("Perlu perhatian"),
        "waiting": _("Menunggu pelapor"),
        "objections": _("Keberatan"),
        "open": _("Semua yang terbuka"),
        ENDED: _("Sudah berakhir"),
    }
    if actor.has_role(*TOLD_OF_PRESSURE):
        titles[PRESSED] = _("Pelapor ditekan")
        counted = {**counted, PRESSED: pressed_cases(actor).count()}
    return [
        (title, bar.address(request.GET, queue=name), name == queue, _count(counted.get(name)))
        for name, title in titles.items()
    ]


def _count(number: int | None) -> str | None:
    if number is None:
        return None
    return f"{COUNT_AT_MOST:,}+".replace(",", ".") if number >= COUNT_AT_MOST else str(number)


def _shown(number: int) -> str:
    return ngettext("%(n)s laporan di halaman ini", "%(n)s laporan di halaman ini", number) % {"n": number}
