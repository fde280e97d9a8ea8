"""Atom feeds: the public list as it is filtered, and what happened to one public case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.accounts.actor import PUBLIC
from tanggap.cases.models import Case
from tanggap.cases.policies import Disclosure
from tanggap.cases.selectors import Audience, open_case, thread_for
from tanggap.common.errors import NotFound
from tanggap.common.links import absolute
from tanggap.portal import timeline
from tanggap.portal.listing import asked_of, title_of

ENTRIES = 30
LONGEST = 400
# What XML cannot hold; in a feed it would be an error page for everybody who follows it.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class _Line:
    """One entry: plain text, its address, when it happened, and a key that stays."""

    key: str
    title: str
    text: str
    url: str
    at: datetime


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """`/laporan/umpan.xml?…`: the newest public cases, filtered as the page is.

    Those of anonymous reporters are not in it: a feed is a message, and of theirs nothing but number, clock and link
    may be sent (DOMAIN §5).
    """
    asked = asked_of(request.GET)
    cases = asked.cases().filter(anonymous=False).select_related("narrative").order_by("-received_at", "-id")
    page = reverse("portal:browse")
    lines = [
        _Line(
            key=f"urn:tanggap:{case.tracking_id}",
            title=case.title,
            text=_cut(case.narrative.public_text),
            url=reverse("portal:case", args=[case.tracking_id]),
            at=case.received_at,
        )
        for case in cases[:ENTRIES]
    ]
    query = f"?{asked.address()}" if asked.address() else ""
    return _atom(request, title_of(asked), page + query, lines)


@require_safe
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """`/l/<tracking id>/umpan.xml`: what everybody may read on its page; for an anonymous reporter no words, only that
    something happened. 404 where the words are not public, whoever asks: a feed reader knows no code."""
    view = open_case(PUBLIC, number)
    case = view.case
    if view.disclosure != Disclosure.PUBLIC or not case.published:
        raise NotFound(_("Tidak ada laporan dengan nomor itu. Periksa lagi nomor pelacakan Anda."), code="no_case")
    url = reverse("portal:case", args=[case.tracking_id])
    title = _("Laporan %(number)s") % {"number": case.tracking_id}
    if not case.anonymous:
        title = f"{title}: {case.title}"
    return _atom(request, title, url, list(_happened(case, url))[:ENTRIES])


def _happened(case: Case, url: str) -> Iterable[_Line]:
    rows = thread_for(case, Audience.PUBLIC)
    for entry in reversed(timeline.entries_of(case, rows, Audience.PUBLIC, {}, letter=False)):
        title = ", ".join(part for part in (entry.who, entry.label) if part) or entry.text
        bare = case.anonymous and entry.kind == "message"
        yield _Line(
            key=f"urn:tanggap:{case.tracking_id}:{entry.at.isoformat()}:{entry.kind}",
            title=_("Ada kabar baru") if bare else title,
            text="" if bare or entry.text == title else _cut(entry.text),
            url=url,
            at=entry.at,
        )


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[:LONGEST].rsplit(" ", 1)[0] + " …"


def _spoken(text: str) -> str:
    return _UNSPEAKABLE.sub("", text)


def _atom(request: HttpRequest, title: str, page: str, lines: list[_Line]) -> HttpResponse:
    """The feed; not sent again to whoever has it already. It is asked for anew each time: a case can be hidden."""
    feed = Atom1Feed(
        title=_spoken(title),
        link=absolute(page),
        description="",
        language=get_language() or "id",
        feed_url=absolute(request.get_full_path()),
    )
    for line in lines:
        # The summary of an Atom entry is read as HTML.
        feed.add_item(
            title=_spoken(line.title),
            link=absolute(line.url),
            description=escape(_spoken(line.text)),
            unique_id=line.key,
            pubdate=line.at,
            updateddate=line.at,
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    told = "\n".join([title, *(f"{line.key} {line.title} {line.text}" for line in lines)])
    response.headers["ETag"] = etag = f'"{sha256(told.encode("utf-8", "replace")).hexdigest()[:32]}"'
    response.headers["Cache-Control"] = "no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response
