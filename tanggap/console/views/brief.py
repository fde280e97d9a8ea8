"""The brief: what a leader reads on a phone in a minute, on the page and on paper, and the cases behind each line."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.common.clock import now
from tanggap.common.pagination import keyset_page
from tanggap.console.access import READS_BRIEFS, actor_of, with_role
from tanggap.console.pages import page
from tanggap.console.queues import row_of
from tanggap.evaluation.brief_showing import shown
from tanggap.evaluation.brief_words import window_words
from tanggap.evaluation.briefs.windows import Length, Window, latest_over, window_asked, window_of
from tanggap.evaluation.selectors.briefs.keeping import brief_seen, wish_of
from tanggap.evaluation.selectors.briefs.lines import cases_of_line
from tanggap.evaluation.selectors.briefs.scope import Scope, query_of, scope_of, scopes_of
from tanggap.evaluation.selectors.tasks import giving_grant
from tanggap.evaluation.services.send_briefs import RECEIVES

HERE = "console:brief"
SIZE = 50


@with_role(*READS_BRIEFS)
@require_safe
def brief(request: HttpRequest) -> HttpResponse:
    """`/kerja/ringkasan/?periode=minggu|bulan&tanggal=…`: one week or month."""
    scope, window = asked_of(request)
    moment = now()
    seen, is_copy = brief_seen(scope, window, now=moment)
    receives = scope.actor.has_role(*RECEIVES)
    values = {
        **shown(scope, seen),
        "is_copy": is_copy,
        "wish": wish_of(scope.actor.person_id) if receives and scope.actor.person_id else None,
        "gives": giving_grant(scope.actor, scope.agency) is not None,
        "scope": scope,
        "zone": scope.zone,
        "tabs": _tabs(scope, window),
        "earlier": address(scope, window.shifted(-1)),
        "later": address(scope, window.shifted(1)) if window.shifted(1).first <= scope.today(moment) else "",
        "here_query": query_of(scope, window),
        "others": _others(scope, window),
    }
    return page(request, "ringkasan.html", values, here=HERE)


def asked_of(request: HttpRequest) -> tuple[Scope, Window]:
    """Whose brief and which window the address asks for; whatever cannot be meant becomes the latest of the own."""
    scope = scope_of(actor_of(request), request.GET.get("instansi", "")[:64])
    if scope is None:
        raise Http404
    length, day = request.GET.get("periode", ""), request.GET.get("tanggal", "")
    return scope, window_asked(length, day, scope.today(now()), whole_months=scope.nation)


def address(scope: Scope, window: Window) -> str:
    """The address of another brief."""
    return f"?{query_of(scope, window)}"


def _tabs(scope: Scope, window: Window) -> list[tuple[str, str, bool, None]]:
    """Week and month; the nation has months alone."""
    if scope.nation:
        return []
    latest = latest_over(scope.today(now()), Length.WEEK)
    week = window if window.length is Length.WEEK else min(window_of(window.last, Length.WEEK), latest, key=_first)
    month = window_of(window.first, Length.MONTH)
    return [
        (_("Pekanan"), address(scope, week), window.length is Length.WEEK, None),
        (_("Bulanan"), address(scope, month), window.length is Length.MONTH, None),
    ]


def _first(window: Window) -> Any:
    return window.first


def _others(scope: Scope, window: Window) -> list[tuple[str, str, bool, None]]:
    """The agencies somebody with several posts may choose between."""
    scopes = scopes_of(scope.actor)
    if len(scopes) < 2:
        return []
    return [(one.agency.full_name, address(one, window), one.agency.pk == scope.agency.pk, None) for one in scopes]


@with_role(*READS_BRIEFS)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """`/kerja/ringkasan/laporan/?baris=…`: the cases that one line of a brief counts."""
    scope, window = asked_of(request)
    moment = now()
    found = cases_of_line(scope, window, request.GET.get("baris", ""), now=moment)
    listed = found.select_related("agency__body", "region", "category")
    shown_page = keyset_page(listed, order=("-received_at", "-id"), cursor=request.GET.get("cursor"), size=SIZE)
    values = {
        "rows": [row_of(case, now=moment) for case in shown_page.items],
        "page": shown_page,
        "window_words": window_words(window),
        "back": address(scope, window),
        "agency": scope.agency,
    }
    return page(request, "ringkasan_laporan.html", values, here=HERE)
