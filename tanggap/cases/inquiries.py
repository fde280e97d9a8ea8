"""Questions of the ombudsman about a case: who reads them and who answers."""

from __future__ import annotations

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.cases.models import Case, Inquiry
from tanggap.cases.policies import can_see, standings
from tanggap.cases.workflow import Action, may

SEES_ALL = (Role.OMBUDSMAN, Role.NATIONAL_ADMIN)


def inquiries_for(actor: Actor, case: Case) -> list[Inquiry]:
    """The questions this officer may read, latest first: those who ask, and the agency asked with those above it.

    An agency that gets the case afterwards has no part in what another one was asked.
    """
    if not actor.is_staff or not can_see(actor, case):
        return []
    rows = case.inquiries.select_related("agency").order_by("-asked_at", "-pk")
    return [row for row in rows if _reaches(actor, row)]


def may_answer(actor: Actor, case: Case, inquiry: Inquiry) -> bool:
    """Whether it is this officer's to answer: a holder, coordinator or inspector of the agency asked or above it."""
    return may(Action.ANSWER_INQUIRY, standings(actor, case)) and _answers_for(actor, inquiry)


def _answers_for(actor: Actor, inquiry: Inquiry) -> bool:
    answering = actor.grants_of(Role.LIAISON_OFFICER, Role.COORDINATOR, Role.INSPECTOR, Role.NATIONAL_ADMIN)
    return any(inquiry.agency.path.startswith(grant.path) for grant in answering)


def _reaches(actor: Actor, inquiry: Inquiry) -> bool:
    if actor.has_role(*SEES_ALL):
        return True
    return any(inquiry.agency.path.startswith(grant.path) for grant in actor.grants)
