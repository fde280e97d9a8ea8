"""Questions of the ombudsman about a case: who is asked, who reads them and who answers."""

from __future__ import annotations

from collections.abc import Set

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.cases.custody import is_subject, level_above
from tanggap.cases.models import Case, Inquiry
from tanggap.cases.policies import standings
from tanggap.cases.workflow import Action, Standing, may
from tanggap.directory.models import Agency
from tanggap.directory.selectors import root_agency

SEES_ALL = (Role.OMBUDSMAN, Role.NATIONAL_ADMIN)
ANSWERS = (Role.LIAISON_OFFICER, Role.COORDINATOR, Role.INSPECTOR, Role.NATIONAL_ADMIN)


def addressee_of(case: Case) -> Agency:
    """Who has to answer for the case: its agency, or the next level above whom it is not about."""
    agency, root = case.agency, root_agency()
    while case.guarded and agency.pk != root.pk and is_subject(case, agency):
        agency = level_above(agency)
    return agency


def inquiries_for(actor: Actor, case: Case, found: Set[Standing] | None = None) -> list[Inquiry]:
    """The questions this officer may read, latest first: those who ask, and the agency asked with those above it.

    An agency that gets the case afterwards has no part in what another one was asked. `found` are the actor's
    standings, where a page has worked them out already.
    """
    if Standing.READER not in (standings(actor, case) if found is None else found):
        return []
    rows = sorted(case.inquiries.all(), key=lambda row: (row.asked_at, row.pk), reverse=True)
    return [row for row in rows if _reaches(actor, row)]


def may_answer(actor: Actor, case: Case, inquiry: Inquiry, found: Set[Standing] | None = None) -> bool:
    """Whether it is this officer's to answer: a holder or coordinator of the agency asked or above it."""
    if not may(Action.ANSWER_INQUIRY, standings(actor, case) if found is None else found):
        return False
    return any(inquiry.agency.path.startswith(grant.path) for grant in actor.grants_of(*ANSWERS))


def awaits_answer(case: Case) -> bool:
    """Whether any question is open."""
    return any(row.answered_at is None for row in case.inquiries.all())


def _reaches(actor: Actor, inquiry: Inquiry) -> bool:
    if actor.has_role(*SEES_ALL):
        return True
    return any(inquiry.agency.path.startswith(grant.path) for grant in actor.grants)
