"""A case as the API shows it: no more than its public page does to the same reader."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote

from tanggap.api import schemas as s
from tanggap.cases import selectors
from tanggap.cases.attachments import files_by_owner
from tanggap.cases.clocks import ClockView
from tanggap.cases.models import Case
from tanggap.cases.policies import Disclosure
from tanggap.cases.selectors import Audience, CustodyLink, ThreadEntry
from tanggap.cases.telling.values import link_to
from tanggap.cases.workflow import ArchiveReason, Channel, Classification, Outcome, State
from tanggap.common import clockwords
from tanggap.directory.models import Agency, Category, Region
from tanggap.files.models import StoredFile


def agency_name(agency: Agency) -> s.AgencyName:
    return s.AgencyName(code=agency.code, name=agency.full_name)


def _region(region: Region | None) -> s.RegionName | None:
    return s.RegionName(code=region.code, name=region.name, kind=region.kind) if region else None


def _category(category: Category | None) -> s.CategoryName | None:
    return s.CategoryName(code=category.code, name=category.name) if category else None


def _classification(case: Case) -> Classification | None:
    return Classification(case.classification) if case.classification else None


def line_of(case: Case) -> s.CaseLine:
    """A public case in a list."""
    return s.CaseLine(
        tracking_id=case.tracking_id,
        url=link_to(case),
        title=case.title,
        state=State(case.state),
        state_words=case.get_state_display(),
        classification=_classification(case),
        category=_category(case.category),
        region=_region(case.region),
        holder=agency_name(case.agency),
        channel=Channel(case.channel),
        received_at=case.received_at,
        closed_at=case.closed_at,
        endorsements=case.endorsements,
    )


def view_of(view: selectors.CaseView, *, now: datetime) -> s.CaseView:
    """The case as far as this reader may see it."""
    case = view.case
    reporter = view.is_reporter
    limited = view.disclosure == Disclosure.LIMITED
    custody = [_holder(link, limited=limited) for link in selectors.custody_chain(case, now=now)]
    return s.CaseView(
        tracking_id=case.tracking_id,
        url=link_to(case),
        shown=view.disclosure,
        state=State(case.state),
        state_words=case.get_state_display(),
        channel=Channel(case.channel),
        received_at=case.received_at,
        closed_at=case.closed_at,
        holder=agency_name(case.agency),
        clocks=[_clock(clock, to_reporter=reporter) for clock in selectors.clock_views(case, now=now)],
        # As on the page: who held it before and why it moved on belongs to the content.
        custody=[link for link in custody if not limited or link.held_to is None],
        content=None if limited else _content(case, Audience.REPORTER if reporter else Audience.PUBLIC),
    )


def _clock(clock: ClockView, *, to_reporter: bool) -> s.Clock:
    return s.Clock(
        name=clock.name,
        status=clock.status,
        day=clock.day,
        limit=clock.limit,
        unit=clock.unit,
        started_at=clock.started_at,
        due_at=clock.due_at,
        stopped_at=clock.stopped_at,
        late_days=clock.late_days,
        paused_days=clock.paused_days,
        days_off=[s.DayOff(date=day, name=name) for day, name in clock.off_days],
        words=clockwords.headline(clock, to_reporter=to_reporter),
    )


def _holder(link: CustodyLink, *, limited: bool) -> s.Holder:
    return s.Holder(
        agency=agency_name(link.agency),
        held_from=link.held_from,
        held_to=link.held_to,
        working_days=round(link.days, 3),
        verifying=link.verifying,
        returned=link.returned,
        reason="" if limited else link.public_reason,
    )


def _content(case: Case, audience: Audience) -> s.Content:
    public = audience == Audience.PUBLIC
    files = files_by_owner([case.stream], public=public).get(case.stream, ())
    return s.Content(
        title=case.title,
        text=selectors.narrative_for(case, audience),
        classification=_classification(case),
        category=_category(case.category),
        region=_region(case.region),
        occurred_on=case.occurred_on,
        outcome=Outcome(case.outcome) if case.outcome else None,
        archive_reason=ArchiveReason(case.archive_reason) if case.archive_reason else None,
        rating=case.rating,
        thread=[_entry(case, entry) for entry in selectors.thread_for(case, audience)],
        files=_files(case, files),
    )


def _entry(case: Case, entry: ThreadEntry) -> s.Entry:
    if entry.event:
        return s.Entry(kind="event", at=entry.at, event=entry.event)
    return s.Entry(
        kind=entry.kind,
        at=entry.at,
        text=entry.text,
        agency=entry.agency_name or None,
        channel=entry.channel or None,
        office=entry.office or None,
        answer_kind=entry.answer_kind or None,
        done_on=entry.done_on,
        promised_on=entry.promised_on,
        legal_basis=entry.legal_basis or None,
        files=_files(case, entry.files),
    )


def _files(case: Case, stored: Iterable[StoredFile]) -> list[s.FileLink]:
    return [
        s.FileLink(
            url=f"{link_to(case)}/berkas/{quote(row.token)}",
            kind=row.kind,
            media_type=row.media_type,
            size=row.size,
        )
        for row in stored
    ]
