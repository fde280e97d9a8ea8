"""What a radio station may read out of one day: public cases of an agency or region, in their public words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from tanggap.cases.models import Case, Message, MessageKind, Pledge
from tanggap.cases.policies import public_cases
from tanggap.cases.workflow import Outcome, State
from tanggap.common.masking import KINDS
from tanggap.common.redacting import HIDDEN
from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import subtree_ids

AHEAD = timedelta(days=7)
LOOKED_BACK = timedelta(days=400)
"""Cases older than this are not looked through for what happened to them today."""
MOST = 50
LONGEST = 400
ANSWERS = (MessageKind.INTERIM, MessageKind.FINAL, MessageKind.FULFILMENT)
SPOKEN = {**KINDS, HIDDEN: "disamarkan pelapor", "PELAPOR": "pelapor"}
MARK = re.compile(r"\[(" + "|".join(SPOKEN) + r")\]")


@dataclass(frozen=True, slots=True)
class Line:
    """One case on the sheet. Nothing here says who wrote it."""

    number: str
    title: str
    text: str
    agency: Agency
    place: str
    answer: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rundown:
    """The four parts of the sheet, each at most MOST lines."""

    fresh: Sequence[Line]
    answered: Sequence[Line]
    solved: Sequence[Line]
    promised: Sequence[Line]


def rundown(*, agency: Agency | None, region: Region | None, day: date, zone: ZoneInfo) -> Rundown:
    """The sheet of a day. Only published cases: never a secret, supervisory or pressed one (`public_cases`)."""
    begins = datetime.combine(day, time.min, zone)
    within = (begins, begins + timedelta(days=1) - timedelta(microseconds=1))
    cases = _scope(public_cases(), agency, region).filter(received_at__gte=begins - LOOKED_BACK)
    cases = cases.select_related("agency__body", "region", "narrative")
    solved = cases.filter(state=State.CLOSED, closed_at__range=within).exclude(outcome=Outcome.REFUSED)
    return Rundown(
        fresh=[_line(case) for case in cases.filter(verified_at__range=within).order_by("verified_at", "pk")[:MOST]],
        answered=_answered(cases, within),
        solved=[_line(case) for case in solved.order_by("closed_at", "pk")[:MOST]],
        promised=_promised(cases, day),
    )


def _scope(cases: QuerySet[Case], agency: Agency | None, region: Region | None) -> QuerySet[Case]:
    if agency is None and region is None:
        return cases.none()
    if agency is not None:
        whole = Q(body_id=agency.pk) if agency.is_body else Q(agency_id__in=subtree_ids(agency.path))
        cases = cases.filter(whole)
    if region is not None:
        cases = cases.filter(Q(region_id=region.pk) | Q(region__code__startswith=f"{region.pk}."))
    return cases


def _answered(cases: QuerySet[Case], within: tuple[datetime, datetime]) -> list[Line]:
    """What was said to reporters that day: where a second officer approves, the day of the approval."""
    that_day = Q(approved_at__range=within) | Q(approved_at__isnull=True, at__range=within)
    rows = Message.objects.filter(that_day, case__in=cases, kind__in=ANSWERS, draft=False, discarded_at=None)
    rows = rows.filter(hidden_at=None)
    rows = rows.select_related("case__agency__body", "case__region", "case__narrative").order_by("at", "pk")
    return [_line(row.case, answer=row.public_text) for row in rows[:MOST]]


def _promised(cases: QuerySet[Case], day: date) -> list[Line]:
    rows = Pledge.objects.filter(case__in=cases, state=Pledge.State.PENDING, due_on__range=(day, day + AHEAD))
    rows = rows.select_related("case__agency__body", "case__region", "case__narrative", "message")
    return [
        _line(row.case, answer="" if row.message.hidden_at else row.message.public_text, due_on=row.due_on)
        for row in rows.order_by("due_on", "pk")[:MOST]
    ]


def _line(case: Case, *, answer: str = "", due_on: date | None = None) -> Line:
    return Line(
        number=case.tracking_id,
        title=spoken(case.title),
        text=spoken(_cut(case.narrative.public_text)),
        agency=case.agency,
        place=case.region.name if case.region else "",
        answer=spoken(_cut(answer)),
        due_on=due_on,
    )


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[:LONGEST].rsplit(" ", 1)[0] + " …"


def spoken(text: str) -> str:
    """Masked data as it can be read aloud: (nomor telepon)."""
    return MARK.sub(lambda found: f"({SPOKEN[found[1]]})", text)
