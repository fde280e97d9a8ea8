"""Looking closer at a case: who did what with it, and how it compares with another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.cases.attachments import files_by_owner
from tanggap.cases.models import Case
from tanggap.cases.policies import standings
from tanggap.cases.selectors import Audience, get_case_for, narrative_for, thread_for
from tanggap.cases.workflow import Action
from tanggap.common.clock import now
from tanggap.console import timeline
from tanggap.console.access import actor_of, officer
from tanggap.console.casepage import desk, place_words
from tanggap.console.deeds.base import possible
from tanggap.console.pages import page
from tanggap.console.trail import reads_trail, trail_of
from tanggap.directory.selectors import calendar_of


@officer
@require_safe
def trail(request: HttpRequest, number: str) -> HttpResponse:
    """`/kerja/l/<tracking id>/jejak/`: for others than those who answer for the case there is no such page."""
    actor = actor_of(request)
    case = get_case_for(actor, number)
    if not reads_trail(standings(actor, case)):
        raise Http404
    values = {"case": case, "trail": trail_of(case, actor), "zone": calendar_of(case.agency_id).zone}
    return page(request, "jejak.html", values, here="console:inbox")


@dataclass(frozen=True)
class Side:
    """One of two cases."""

    case: Case
    text: str
    place: str
    files: list[Any]
    entries: list[Any]
    zone: Any


@officer
@require_safe
def compare(request: HttpRequest, number: str, other: str) -> HttpResponse:
    """`/kerja/l/<one>/banding/<other>/`: both for a reader who sees both, else neither."""
    actor = actor_of(request)
    one, two = get_case_for(actor, number), get_case_for(actor, other)
    if one.pk == two.pk:
        raise Http404
    at = desk(one, actor, now())
    values = {
        "case": one,
        "other": two,
        "sides": [_side(one), _side(two)],
        "may_merge": possible(one, at.standings, Action.MERGE),
        "reasons": _alike(one, two),
    }
    return page(request, "banding.html", values, here="console:inbox")


def _side(case: Case) -> Side:
    zone = calendar_of(case.agency_id).zone
    reader = timeline.Reader(reviews_files=False)
    stored = files_by_owner([case.stream], public=False).get(case.stream, [])
    rows = [row for row in thread_for(case, Audience.STAFF) if row.kind not in ("event", "note")]
    return Side(
        case=case,
        text=narrative_for(case, Audience.STAFF),
        place=place_words(case),
        files=timeline.file_lines(stored, reader),
        entries=timeline.said_of(rows, zone, reader)[::-1],
        zone=zone,
    )


def _alike(one: Case, two: Case) -> list[str]:
    """What is the same on both sides, in words."""
    pairs = (
        (one.region_id and one.region_id == two.region_id, _("wilayah yang sama")),
        (one.category_id and one.category_id == two.category_id, _("topik yang sama")),
        (one.agency_id == two.agency_id, _("pemegang yang sama")),
        (one.occurred_on and one.occurred_on == two.occurred_on, _("tanggal kejadian yang sama")),
        (place_words(one) and place_words(one) == place_words(two), _("tempat yang sama")),
    )
    return [words for same, words in pairs if same]
