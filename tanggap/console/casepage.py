"""What the officers' page of a case is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.attachments import files_by_owner
from tanggap.cases.identity import Contact, identity_seen_by, shared_identity
from tanggap.cases.models import Assignment, Case, MessageKind
from tanggap.cases.policies import cases_visible_to, standings
from tanggap.cases.reviewing import may_review_files
from tanggap.cases.selectors import Audience, clock_views, custody_chain, narrative_for, thread_for
from tanggap.cases.selectors.promises import promise_words, promises_of
from tanggap.cases.selectors.subjects import subjects_of
from tanggap.cases.telling.ways import is_reachable
from tanggap.cases.texts import is_protected
from tanggap.cases.workflow import Action, Standing
from tanggap.console import timeline
from tanggap.console.consequences import Facts, consequences
from tanggap.console.deeds.base import Deed, DeedForm, Standings, offered, possible
from tanggap.console.deeds.places import DestinationForm
from tanggap.console.deeds.table import BY_SLUG, offered_on
from tanggap.console.library import templates_for
from tanggap.console.models import AnswerTemplate
from tanggap.console.oversight import oversight_of
from tanggap.console.suggestions import similar_to, suggested_units
from tanggap.console.trail import reads_trail
from tanggap.console.worklist import Worklist, worklist_of
from tanggap.directory.selectors import calendar_of, region_label
from tanggap.files.models import StoredFile

MOST_WORDS = 40
# The deeds at hand beside the box; the others are folded away.
AT_HAND = ("terima", "teruskan", "kembalikan")


@dataclass(frozen=True)
class Desk:
    """A case in front of an officer."""

    case: Case
    actor: Actor
    standings: Standings
    now: datetime

    @property
    def offers(self) -> list[Deed]:
        """What this officer may do now."""
        return offered_on(self.case, self.standings)


def desk(case: Case, actor: Actor, now: datetime) -> Desk:
    """The case and what the officer is to it."""
    prefetch_related_objects([case], "inquiries__agency")
    return Desk(case, actor, standings(actor, case), now)


def first_deed(at: Desk) -> Deed | None:
    """The box that opens when none was asked for: the next thing this person has to do in this state.

    A coordinator hands on what lies at the own level and watches what lies with a unit; the unit answers.
    """
    deeds = (BY_SLUG[slug] for slug in _order(at))
    return next((deed for deed in deeds if offered(deed, at.case, at.standings)), None)


def _order(at: Desk) -> tuple[str, ...]:
    case = at.case
    if Standing.OMBUDSMAN in at.standings:
        return ("tanya-instansi",)
    if case.body_id is None or case.agency_id == case.body_id:
        return ("verifikasi", "teruskan", "tanggapan", "tanya", "catatan")
    here = any(grant.agency_id == case.agency_id for grant in at.actor.grants)
    if here or Standing.INSPECTOR in at.standings:
        return ("verifikasi", "tanggapan", "tanya", "catatan")
    return ("verifikasi", "catatan")


def blank_form(request: HttpRequest, deed: Deed, at: Desk) -> DeedForm:
    """The form of a deed before anything was typed."""
    initial = {"into": request.GET.get("into", "")[:64]} if deed.slug == "gabung" else {}
    return deed.form(case=at.case, actor=at.actor, standings=at.standings, initial=initial)


def thread_length(case: Case) -> int:
    """How many entries the officer had in view when the page was made; notes of colleagues do not count."""
    return case.messages.exclude(kind=MessageKind.NOTE).count()


def case_page(
    request: HttpRequest, at: Desk, deed: Deed | None, form: DeedForm | None, *, missed: int = 0
) -> dict[str, Any]:
    """Everything on the page; `deed` and its form fill the box in the middle.

    `missed`: how many entries of the thread came while the form was open; they stand beside it.
    """
    case = at.case
    zone = calendar_of(case.agency_id).zone
    clocks = clock_views(case, now=at.now)
    facts = Facts(case, clocks, reachable=is_reachable(case), on=at.now.astimezone(zone).date())
    return {
        "case": case,
        "zone": zone,
        "now": at.now,
        "classification": case.get_classification_display() if case.classification else _("belum diklasifikasi"),
        "protected": is_protected(case),
        "clocks": [view for view in clocks if view.stopped_at is None],
        "promises": [promise_words(pledge, zone, at.now) for pledge in promises_of(case)],
        "stopped_clocks": [view for view in clocks if view.stopped_at is not None],
        "holders": timeline.holder_lines(custody_chain(case, now=at.now)),
        "assignment": Assignment.objects.filter(case=case).select_related("person").first(),
        "seen": thread_length(case),
        "trail_url": reverse("console:trail", args=[case.tracking_id]) if reads_trail(at.standings) else "",
        **_report(at),
        **_thread(at, zone, missed),
        **_box(request, at, deed, form, facts),
        **_around(at, deed),
        **oversight_of(case, at.actor, at.standings, at.now),
    }


def _report(at: Desk) -> dict[str, Any]:
    case = at.case
    reviews = may_review_files(at.standings, case)
    stored = files_by_owner([case.stream], public=False).get(case.stream, [])
    return {
        "text": narrative_for(case, Audience.STAFF),
        "files": timeline.file_lines(stored, timeline.Reader(reviews)),
        "reviews": _reviews(stored) if reviews else [],
        "place": place_words(case),
        "identity": identity_seen_by(case=case, actor=at.actor, now=at.now) or _shared(case, at.actor),
        "asks_identity": possible(case, at.standings, Action.REVEAL_IDENTITY),
        "subjects": subjects_of(case) if possible(case, at.standings, Action.SET_SUBJECTS) else None,
    }


@dataclass(frozen=True)
class Review:
    """A picture or video whose audience a verifier may set."""

    name: str
    token: str
    visibility: str
    url: str


def _reviews(stored: Sequence[StoredFile]) -> list[Review]:
    lines = timeline.file_lines(stored, timeline.Reader(True))
    return [
        Review(line.name, row.token, row.visibility, reverse("console:review", args=[row.token]))
        for row, line in zip(stored, lines, strict=True)
    ]


def place_words(case: Case) -> str:
    """Where it happened: for a protected case nothing finer than the village."""
    label = region_label(case.region) if case.region else ""
    if is_protected(case):
        return label
    return ", ".join(part for part in (case.place, label) if part)


def _thread(at: Desk, zone: ZoneInfo, missed: int) -> dict[str, Any]:
    rows = thread_for(at.case, Audience.STAFF)
    said = [row for row in rows if row.kind not in ("event", MessageKind.NOTE)]
    reader = timeline.Reader(may_review_files(at.standings, at.case))
    return {
        "missed": timeline.said_of(said[-missed:], zone, reader) if missed else [],
        "entries": timeline.entries_of(at.case, rows, zone, reader),
        "drafts": timeline.drafts_of(rows, zone.key, reader, at.actor.key),
        "decides_drafts": possible(at.case, at.standings, Action.APPROVE_ANSWER),
    }


def _library(at: Desk, deed: Deed | None) -> list[AnswerTemplate]:
    """The texts that fit the box."""
    if deed is None or deed.slug not in ("tanggapan", "jawaban"):
        return []
    return list(templates_for(at.case, final=deed.slug == "jawaban")[:MOST_WORDS])


def _skip_url(at: Desk, deed: Deed | None, worklist: Worklist | None) -> str:
    """The next case of the list one works through, with the same box open."""
    if worklist is None:
        return ""
    same = deed if deed is not None and deed.moves_on else None
    following = worklist.next_after(at.case, same, actor=at.actor, now=at.now)
    return worklist.address(following.tracking_id, same.slug if same else "") if following else ""


@dataclass(frozen=True)
class Link:
    """A way to another deed."""

    title: str
    url: str
    look: str
    slug: str


def _box(request: HttpRequest, at: Desk, deed: Deed | None, form: DeedForm | None, facts: Facts) -> dict[str, Any]:
    offers = at.offers
    worklist = worklist_of(request)
    suffix = worklist.suffix if worklist else ""

    def address(slug: str) -> str:
        return reverse("console:deed", args=[at.case.tracking_id, slug]) + suffix

    tabs = [(one.tab, f"{address(one.slug)}#kotak", one is deed, None) for one in offers if one.tab]
    others = {
        one.slug: Link(str(one.link), f"{address(one.slug)}#kotak", one.look, one.slug)
        for one in offers
        if one.link and one is not deed
    }
    return {
        "deed": deed,
        "form": form,
        "deed_url": address(deed.slug) if deed else "",
        "worklist": worklist,
        "library": _library(at, deed),
        "skip_url": _skip_url(at, deed, worklist),
        "deed_open": deed is not None and deed in offers,
        "consequences": consequences(deed.slug, facts) if deed else [],
        "tabs": tabs,
        "at_hand": [others[slug] for slug in AT_HAND if slug in others],
        "others": [link for slug, link in others.items() if slug not in AT_HAND],
        "slugs": {one.slug for one in offers},
    }


def _around(at: Desk, deed: Deed | None) -> dict[str, Any]:
    case = at.case
    in_box = deed is not None and issubclass(deed.form, DestinationForm)
    hands_on = any(offered(BY_SLUG[slug], case, at.standings) for slug in ("verifikasi", "teruskan"))
    family = [pk for pk in (case.parent_id, case.merged_into_id) if pk]
    visible = cases_visible_to(at.actor).select_related("agency")
    children = list(visible.filter(parent_id=case.pk).order_by("pk")) if case.parent_id is None else []
    return {
        "suggestions": suggested_units(case) if hands_on and not in_box else [],
        "similar": similar_to(at.actor, case),
        "children": children,
        "parent": visible.filter(pk__in=family).first() if family else None,
        "merged": list(visible.filter(merged_into_id=case.pk)[:10]),
    }


def _shared(case: Case, actor: Actor) -> Contact | None:
    """What the reporter chose to show this unit; None for nothing, so that the page offers to ask."""
    shared = shared_identity(case=case, actor=actor)
    return shared if shared.fields else None
