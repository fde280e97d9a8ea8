"""Who may see and do what with a case: answers for one object and for a queryset, by the same rules.

Two rules stand above all roles. The accused never reads: whom a secret or supervisory case is about, the unit and
everybody posted there find no trace of it. And a case that starts with the inspector stays away from the local
verifier until it was verified.
"""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor, Grant
from tanggap.accounts.roles import Role
from tanggap.cases.models import Case, Subject
from tanggap.cases.workflow import Action, Classification, Refusal, Standing, advance, may
from tanggap.common.errors import Forbidden, Refused
from tanggap.directory.selectors import root_agency, subtree_ids

READERS = (Role.LEADER, Role.REGIONAL_HEAD, Role.SEKDA, Role.EVALUATOR)
OVERSIGHT = (Role.INSPECTOR, Role.NATIONAL_ADMIN, Role.OMBUDSMAN)
UNIT_ROLES = (Role.LIAISON_OFFICER, Role.UNIT_HEAD)


class Disclosure(StrEnum):
    """How much of a case somebody with its tracking id sees."""

    FULL = "full"
    PUBLIC = "public"
    LIMITED = "limited"
    NOTHING = "nothing"


def _scope(grant: Grant) -> Q:
    """The cases a post covers by the place of its agency in the tree."""
    if grant.agency_id == root_agency().pk:
        return Q()
    if grant.body_id == grant.agency_id:
        return Q(body_id=grant.agency_id)
    below = subtree_ids(grant.path)
    return Q(agency_id=grant.agency_id) if len(below) == 1 else Q(agency_id__in=below)


def _seen_through(grant: Grant) -> Q:
    """A post's cases, less those that are not its business yet."""
    if grant.role in OVERSIGHT:
        return _scope(grant)
    if grant.role in UNIT_ROLES:
        return _scope(grant) & Q(verified_at__isnull=False)
    return _scope(grant) & ~Q(oversight=True, verified_at__isnull=True)


def _accused(actor: Actor) -> Q:
    """True for subjects that are the actor, an agency the actor is posted at, or one above it.

    The root is left out: a post there is no part of any accused office.
    """
    posted: set[int] = set()
    for path in actor.posts:
        posted.update(int(part) for part in path.strip("/").split("/"))
    posted.discard(root_agency().pk)
    about = Q(agency_id__in=posted)
    return about | Q(person_id=actor.person_id) if actor.person_id else about


def cases_visible_to(actor: Actor) -> QuerySet[Case]:
    """Every case a person may see by post. A reporter's own cases are another door (`get_case_for`)."""
    if not actor.grants:
        return Case.objects.none()
    scope = Q()
    for grant in actor.grants:
        seen = _seen_through(grant)
        if not seen:
            scope = Q()
            break
        scope |= seen
    about_me = Subject.objects.filter(_accused(actor), case=OuterRef("pk"))
    return Case.objects.filter(scope).exclude(Q(guarded=True) & Exists(about_me))


def is_accused(actor: Actor, case: Case) -> bool:
    """Whether the case, guarded or not, is about the actor or an office the actor is posted at or below."""
    return Subject.objects.filter(_accused(actor), case=case).exists()


def guarded_cases_about(actor: Actor) -> QuerySet[Case]:
    """The cases of which this person may find no trace, wherever they are named."""
    about_me = Subject.objects.filter(_accused(actor), case=OuterRef("pk"))
    return Case.objects.filter(Exists(about_me), guarded=True)


def can_see(actor: Actor, case: Case) -> bool:
    """Whether the actor sees this case, by post or as its reporter."""
    if case.pk in actor.reporter_of or actor.kind == "timer":
        return True
    return bool(actor.grants) and cases_visible_to(actor).filter(pk=case.pk).exists()


def _covers(grant: Grant, case: Case) -> bool:
    return case.agency.path.startswith(grant.path)


def _staff_standings(grant: Grant, case: Case) -> set[Standing]:
    """What one post is to a case it sees."""
    verified = case.verified_at is not None
    supervisory = case.classification == Classification.SUPERVISORY_COMPLAINT
    if grant.role == Role.NATIONAL_ADMIN:
        return {Standing.NATIONAL_ADMIN, Standing.VERIFIER, Standing.READER}
    if not _covers(grant, case):
        return set()
    if grant.role == Role.LIAISON_OFFICER:
        return {Standing.HOLDER, Standing.READER} if verified else set()
    if grant.role == Role.COORDINATOR:
        if case.oversight and not verified:
            return set()
        return {Standing.COORDINATOR, Standing.READER} | ({Standing.HOLDER} if verified else {Standing.VERIFIER})
    if grant.role == Role.INSPECTOR:
        acting = {Standing.HOLDER} if verified else {Standing.VERIFIER}
        return {Standing.INSPECTOR, Standing.READER} | (acting if supervisory or case.oversight else set())
    return {Standing.READER} | ({Standing.OMBUDSMAN} if grant.role == Role.OMBUDSMAN else set())


def standings(actor: Actor, case: Case) -> frozenset[Standing]:
    """Everything the actor is to the case; nothing at all where the case is invisible."""
    found = {Standing.ANYBODY}
    if actor.kind == "timer":
        return frozenset({Standing.TIMER})
    if case.pk in actor.reporter_of:
        found.add(Standing.REPORTER)
    if actor.grants and cases_visible_to(actor).filter(pk=case.pk).exists():
        for grant in actor.grants:
            found |= _staff_standings(grant, case)
    return frozenset(found)


def actor_may(actor: Actor, action: Action, case: Case) -> bool:
    """Whether the actor may do it and the case is in a state for it: what decides which buttons a page shows."""
    try:
        advance(case.state, action, before=case.state_before or None)
    except Refusal:
        return False
    return may(action, standings(actor, case))


def authorize(actor: Actor, action: Action, case: Case) -> frozenset[Standing]:
    """The standings of an actor who may do it.

    Raises Forbidden (shown as 404) where the actor has no standing for it.
    """
    found = standings(actor, case)
    if not may(action, found):
        raise Forbidden(_("Laporan ini tidak ada, atau Anda tidak dapat melakukan hal itu di sini."), code="forbidden")
    return found


def advanced(case: Case, action: Action) -> str:
    """The state after `action`. Raises Refused with a sentence for the person who pressed the button."""
    try:
        return advance(case.state, action, before=case.state_before or None).value
    except Refusal as refusal:
        raise Refused(
            _("Laporan ini sudah berubah sejak halaman Anda dibuka: sekarang “%(state)s”. Tidak ada yang diubah.")
            % {"state": case.get_state_display()},
            code="illegal_move",
        ) from refusal


def disclosure_for(actor: Actor, case: Case) -> Disclosure:
    """What the public page of a case shows to somebody who has its tracking id."""
    if case.pk in actor.reporter_of:
        return Disclosure.FULL
    if case.pressed or case.archive_reason == "spam":
        return Disclosure.NOTHING
    return Disclosure.PUBLIC if case.published else Disclosure.LIMITED


def public_cases() -> QuerySet[Case]:
    """The cases everybody may list and read: verified, not secret, not pressed."""
    return Case.objects.filter(published=True)


def is_published(case: Case) -> bool:
    """The rule behind the column `published` (DOMAIN §6)."""
    spam = case.archive_reason in ("spam", "duplicate")
    hidden = case.secret or case.pressed or case.withheld or case.classification == Classification.SUPERVISORY_COMPLAINT
    # A part of a split case is shown through the case itself: one face to the citizen.
    return case.verified_at is not None and case.parent_id is None and not hidden and not spam
