"""Who may give, see, answer and judge a task, and which offices and officers one can be given to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor, Grant
from tanggap.accounts.models import Membership
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors.posts import PostHolder, active_posts, holders_of
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to
from tanggap.common.errors import NotFound
from tanggap.directory.models import Agency
from tanggap.evaluation.briefs.task_steps import State, Step, after
from tanggap.evaluation.models import Task

GIVES = (Role.LEADER, Role.REGIONAL_HEAD, Role.SEKDA, Role.UNIT_HEAD)
OF_THE_UNIT = (Role.UNIT_HEAD, Role.LIAISON_OFFICER)
TAKES = (*OF_THE_UNIT, Role.COORDINATOR, Role.INSPECTOR)
"""Posts whose holders can be named in a task."""
MOST_UNITS, MOST_OFFICERS = 300, 300


def giving_grant(actor: Actor, agency: Agency) -> Grant | None:
    """The post by which the actor may give this agency a task."""
    return next((grant for grant in actor.grants_of(*GIVES) if agency.path.startswith(grant.path)), None)


def _seen_through(grant: Grant) -> Q:
    scope = Q(given_role=grant.role, given_at_agency=grant.agency_id) if grant.role in GIVES else Q(pk__in=[])
    if grant.role == Role.UNIT_HEAD:
        scope |= Q(agency_id=grant.agency_id)
    if grant.role == Role.LIAISON_OFFICER:
        scope |= Q(agency_id=grant.agency_id, officer__isnull=True)
    if grant.role == Role.COORDINATOR:
        scope |= Q(agency__path__startswith=grant.path)
    return scope


def tasks_visible_to(actor: Actor) -> QuerySet[Task]:
    """What the actor's posts gave, what their units and bodies were given, and what names the actor."""
    if not actor.grants:
        return Task.objects.none()
    scope = Q(officer_id=actor.person_id)
    for grant in actor.grants:
        scope |= _seen_through(grant)
    return Task.objects.filter(scope).select_related("agency__body", "officer", "given_at_agency__body")


def task_for(actor: Actor, task_id: int) -> Task:
    """One of them. Raises NotFound."""
    found = tasks_visible_to(actor).filter(pk=task_id).first()
    if found is None:
        raise NotFound(_("Tugas ini tidak ada."), code="no_task")
    return found


def gave(actor: Actor, task: Task) -> bool:
    """Whether one of the actor's posts gave it."""
    return any(
        grant.role == task.given_role and grant.agency_id == task.given_at_agency_id
        for grant in actor.grants_of(*GIVES)
    )


def may_take(actor: Actor, step: Step, task: Task) -> bool:
    """Whether the actor may take a step, and the task stands where it can be taken."""
    if after(task.state, step) is None:
        return False
    return answers(actor, task) if step is Step.ANSWER else gave(actor, task)


def answers(actor: Actor, task: Task) -> bool:
    """Whoever is named; else the unit; and the coordinator above."""
    if task.officer_id is not None and task.officer_id == actor.person_id:
        return True
    for grant in actor.grants:
        here = grant.agency_id == task.agency_id
        if here and (grant.role == Role.UNIT_HEAD or (grant.role == Role.LIAISON_OFFICER and task.officer_id is None)):
            return True
        if grant.role == Role.COORDINATOR and task.agency.path.startswith(grant.path):
            return True
    return False


def waiting_for(actor: Actor, tasks: Iterable[Task]) -> list[Task]:
    """Those of which the actor has to do something now."""
    waiting = []
    for task in tasks:
        mine = gave(actor, task) if task.state == State.ANSWERED else answers(actor, task)
        if mine and task.state != State.ACCEPTED:
            waiting.append(task)
    return waiting


def units_to_ask(agency: Agency) -> list[Agency]:
    """The offices somebody at an agency can give a task to: below the nation its bodies, else the own units."""
    below = Agency.objects.filter(path__startswith=agency.path, status=Agency.Status.ACTIVE, external=False)
    if agency.body_id is None:
        below = below.exclude(kind=Agency.Kind.UNIT).exclude(pk=agency.pk)
    else:
        below = below.filter(body_id=agency.body_id)
    return list(below.select_related("body").order_by("name", "pk")[:MOST_UNITS])


def officers_to_ask(agency: Agency, *, on: date) -> list[Membership]:
    """The officers of a body, or of a unit and what is below it; none at the nation, which asks bodies."""
    if agency.body_id is None:
        return []
    posts = active_posts(on).filter(agency__path__startswith=agency.path, agency__body=agency.body_id, role__in=TAKES)
    return list(posts.order_by("agency__name", "person__name", "pk")[:MOST_OFFICERS])


def told_of(task: Task, *, on: date) -> list[PostHolder]:
    """Who is told to do it: the officer it names, else the unit's officers and head, else the coordinators above."""
    posts = holders_at(task.agency, OF_THE_UNIT, on=on)
    if task.officer_id is not None:
        named = active_posts(on).filter(person=task.officer_id, agency__path__startswith=task.agency.path)
        post = named.filter(role__in=TAKES).order_by("pk").first()
        return [PostHolder(post.pk, post.role, post.agency_id, post.person)] if post is not None else posts
    return posts or holders_of(Role.COORDINATOR, task.agency, on=on)


def holders_at(agency: Agency, roles: Iterable[str], *, on: date) -> list[PostHolder]:
    """Who fills these roles at exactly this agency."""
    found = [holder for role in roles for holder in holders_of(role, agency, on=on)]
    return list({one.person.pk: one for one in found if one.agency_id == agency.pk}.values())


def givers_of(task: Task, *, on: date) -> list[PostHolder]:
    """Who fills the post that gave it."""
    return holders_at(task.given_at_agency, [task.given_role], on=on)


def cases_pointed_to(actor: Actor, case_ids: Iterable[int]) -> list[Case]:
    """The cases an answer points to, as far as this reader sees them; one that was guarded since is gone."""
    ids = list(case_ids)
    return list(cases_visible_to(actor).filter(pk__in=ids, guarded=False).order_by("pk")) if ids else []
