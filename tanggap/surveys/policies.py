"""Who runs surveys: whoever looks after the people of the agency. At the counter also those who enter cases there."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs, governs_everything
from tanggap.accounts.roles import Role
from tanggap.common.errors import Forbidden
from tanggap.directory.models import Agency
from tanggap.surveys.models import Service, Survey

RUNS_SURVEYS = (Role.COORDINATOR, Role.NATIONAL_ADMIN)
ENTERS_PAPER = (Role.LIAISON_OFFICER, *RUNS_SURVEYS)


def may_run(actor: Actor, agency: Agency) -> bool:
    """Make services, open, close and publish surveys, and write the plan."""
    return governs(actor, agency)


def may_enter(actor: Actor, agency: Agency) -> bool:
    """Enter what people wrote on paper."""
    below = (agency.path.startswith(grant.path) for grant in actor.grants_of(*ENTERS_PAPER))
    return governs_everything(actor) or any(below)


def check_may_run(actor: Actor, agency: Agency) -> None:
    """Raises Forbidden, shown as 404."""
    if not may_run(actor, agency):
        raise Forbidden(_("Tidak ada survei seperti itu, atau bukan wewenang Anda."))


def check_may_enter(actor: Actor, agency: Agency) -> None:
    """Raises Forbidden, shown as 404."""
    if not may_enter(actor, agency):
        raise Forbidden(_("Tidak ada survei seperti itu, atau bukan wewenang Anda."))


def _below(actor: Actor, prefix: str, *roles: str) -> Q:
    if governs_everything(actor):
        return Q()
    found = Q(pk__in=[])
    for grant in actor.grants_of(*roles):
        found |= Q(**{f"{prefix}agency__path__startswith": grant.path})
    return found


def services_of(actor: Actor) -> QuerySet[Service]:
    """The services whose surveys the actor runs."""
    return Service.objects.filter(_below(actor, "", *RUNS_SURVEYS))


def surveys_of(actor: Actor) -> QuerySet[Survey]:
    """The surveys the actor works on, by running them or by entering paper."""
    return Survey.objects.filter(_below(actor, "service__", *ENTERS_PAPER))


def public_surveys() -> QuerySet[Survey]:
    """Those whose results everybody reads."""
    return Survey.objects.filter(state=Survey.State.PUBLISHED)
