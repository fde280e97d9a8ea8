"""Who may give, see and finish what a head or secretary of a government ordered."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor, Grant
from tanggap.accounts.roles import Role
from tanggap.cases.policies import guarded_cases_about
from tanggap.common.errors import NotFound
from tanggap.directory.models import Agency
from tanggap.directory.selectors import root_agency
from tanggap.escalation.models import Instruction

GIVES = (Role.SEKDA, Role.REGIONAL_HEAD)
OF_THE_BODY = (Role.COORDINATOR, Role.SEKDA, Role.REGIONAL_HEAD, Role.INSPECTOR, Role.LEADER)
OF_THE_UNIT = (Role.UNIT_HEAD, Role.LIAISON_OFFICER)


def giving_grant(actor: Actor, agency: Agency) -> Grant | None:
    """The post by which the actor may order something from this unit."""
    return next((grant for grant in actor.grants_of(*GIVES) if agency.path.startswith(grant.path)), None)


def _seen_through(grant: Grant) -> Q:
    if grant.role in OF_THE_UNIT:
        return Q(agency_id=grant.agency_id)
    if grant.role in OF_THE_BODY and grant.agency_id != root_agency().pk:
        return Q(agency__path__startswith=grant.path)
    if grant.role in (Role.NATIONAL_ADMIN, Role.OMBUDSMAN) and grant.agency_id == root_agency().pk:
        return Q(pk__isnull=False)
    return Q(pk__isnull=True)


def instructions_visible_to(actor: Actor) -> QuerySet[Instruction]:
    """What was ordered within the actor's posts; nothing that comes from a guarded case about the actor."""
    if not actor.grants:
        return Instruction.objects.none()
    scope = Q()
    for grant in actor.grants:
        scope |= _seen_through(grant)
    about_me = guarded_cases_about(actor)
    rows = Instruction.objects.filter(scope).exclude(case__in=about_me).exclude(letter__steps__case__in=about_me)
    return rows.select_related("agency__body", "given_by", "letter", "case")


def instruction_for(actor: Actor, instruction_id: int) -> Instruction:
    """One of them. Raises NotFound."""
    found = instructions_visible_to(actor).filter(pk=instruction_id).first()
    if found is None:
        raise NotFound(_("Perintah ini tidak ada."), code="no_instruction")
    return found


def may_finish(actor: Actor, instruction: Instruction) -> bool:
    """The unit that was told, its coordinator, or who gave it."""
    for grant in actor.grants:
        if grant.role in OF_THE_UNIT and grant.agency_id == instruction.agency_id:
            return True
        if grant.role in (Role.COORDINATOR, *GIVES) and instruction.agency.path.startswith(grant.path):
            return True
    return False
