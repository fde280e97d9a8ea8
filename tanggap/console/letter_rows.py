"""Letters, cases and orders as lines of the console's pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.cases.models import Case
from tanggap.cases.telling.values import clock_sentence
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.letters.access import OF_THE_ISSUER
from tanggap.escalation.letters.content import subject_of
from tanggap.escalation.letters.posts import post_name
from tanggap.escalation.models import Letter

GOES_IN = (*OF_THE_ISSUER, Role.NATIONAL_ADMIN, Role.OMBUDSMAN, Role.UNIT_HEAD, Role.LIAISON_OFFICER)
"""Who finds letters or orders among the rooms."""


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter of a list."""

    pk: int
    number: str
    other_number: str
    subject: str
    to: str
    agency: str
    cases: int
    waiting: bool
    at: datetime
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Day:
    """The letters of one day."""

    day: date
    rows: list[LetterRow]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of a letter, as its reader may see it."""

    number: str
    title: str
    clock: str


def row_of(letter: Letter) -> LetterRow:
    """A letter as a line; `cases` was counted for its reader."""
    return LetterRow(
        pk=letter.pk,
        number=letter.number or _("belum bernomor"),
        other_number=letter.external_number,
        subject=subject_of(letter),
        to=addressee(letter.recipient_role, letter.recipient_agency),
        agency=letter.agency.short_name or letter.agency.name,
        cases=getattr(letter, "cases", 0),
        waiting=letter.state == Letter.State.WAITING,
        at=letter.issued_at or letter.created_at,
        zone=calendar_of(letter.agency_id).zone,
    )


def addressee(role: str, agency: Agency) -> str:
    """Kepala Dinas Kesehatan, Kabupaten Demak."""
    post, body = post_name(role, agency), agency.body
    if body is None or body.pk == agency.pk:
        return post
    return f"{post}, {body.short_name or body.name}"


def days_of(letters: Iterable[Letter]) -> list[Day]:
    """The page in its order, day by day."""
    days: list[Day] = []
    for row in map(row_of, letters):
        day = row.at.astimezone(row.zone).date()
        if not days or days[-1].day != day:
            days.append(Day(day, []))
        days[-1].rows.append(row)
    return days


def case_lines(cases: Iterable[Case], *, now: datetime) -> list[CaseLine]:
    """The cases of a letter: of guarded ones number and clock alone."""
    return [
        CaseLine(
            case.tracking_id,
            "" if case.guarded or case.anonymous else case.title,
            clock_sentence(case, now=now, audience="officer"),
        )
        for case in cases
    ]


def has_letters(actor: Actor) -> bool:
    """Whether the room of letters is any of this person's business."""
    return actor.has_role(*GOES_IN)
