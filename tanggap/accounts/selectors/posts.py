"""Posts and whoever fills them on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Delegation, Membership, Person
from tanggap.accounts.policies import governs_everything
from tanggap.accounts.roles import Role
from tanggap.directory.models import Agency


@dataclass(frozen=True, slots=True)
class PostHolder:
    """Who answers for a post on a day: its holder, or whoever stands in for the holder on leave."""

    membership_id: int
    role: str
    agency_id: int
    person: Person
    standing_in: bool = False


def active_on(on: date) -> Q:
    """Rows (memberships, delegations) whose days include `on`."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def active_posts(on: date) -> QuerySet[Membership]:
    """Every post held on a day by somebody whose account is open."""
    return Membership.objects.filter(active_on(on), person__is_active=True).select_related("person", "agency__body")


def officers_of(agency: Agency, *, on: date) -> QuerySet[Membership]:
    """The posts at exactly this agency."""
    return active_posts(on).filter(agency=agency).order_by("role", "person__name", "pk")


def people_of_subtree(agency: Agency, *, on: date) -> QuerySet[Membership]:
    """The posts at this agency and everything below it."""
    return active_posts(on).filter(agency__path__startswith=agency.path)


def posts_governed_by(actor: Actor, *, on: date) -> QuerySet[Membership]:
    """The posts of the subtrees whose people the actor looks after; none for anybody but coordinators and above."""
    posts = active_posts(on)
    if governs_everything(actor):
        return posts
    inside = Q(pk__in=[])
    for grant in actor.grants_of(Role.COORDINATOR):
        inside |= Q(agency__path__startswith=grant.path)
    return posts.filter(inside)


def posts_of(person: Person, *, on: date) -> QuerySet[Membership]:
    """A person's own posts on a day or later: what ends with the account."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return Membership.objects.filter(still, person=person).select_related("agency__body", "person").order_by("pk")


def colleagues_of(membership: Membership, *, on: date) -> QuerySet[Person]:
    """Who may stand in for the holder: people with a post in the same body.

    At the nation, which belongs to no body, those at the same agency: otherwise anybody in the country would do.
    """
    body_id = membership.agency.body_id
    same = Q(memberships__agency__body=body_id) if body_id else Q(memberships__agency=membership.agency_id)
    held = Q(memberships__starts_on__lte=on) & (Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=on))
    people = Person.objects.filter(same & held, is_active=True).exclude(pk=membership.person_id)
    return people.distinct().order_by("name", "pk")


def lent_posts(membership_ids: Iterable[int], *, on: date) -> QuerySet[Delegation]:
    """The delegations of these posts that run on a day or begin later."""
    return (
        Delegation.objects.filter(membership__in=list(membership_ids), ends_on__gte=on)
        .select_related("to_person", "membership")
        .order_by("starts_on", "pk")
    )


def holders_of(role: str, agency: Agency, *, on: date) -> list[PostHolder]:
    """Who fills the role at the agency, else at the nearest level above that has anybody in it.

    Empty when the post is vacant all the way up: the caller moves to the next role, and says so. Two statements.
    """
    above = [int(part) for part in agency.path.strip("/").split("/")]
    posts = list(active_posts(on).filter(agency_id__in=above, role=role).order_by("pk"))
    for agency_id in reversed(above):
        here = [post for post in posts if post.agency_id == agency_id]
        if here:
            return _filled(here, on)
    return []


def _filled(posts: list[Membership], on: date) -> list[PostHolder]:
    lent = Delegation.objects.filter(active_on(on), membership__in=posts, to_person__is_active=True)
    stand_ins = {row.membership_id: row.to_person for row in lent.select_related("to_person").order_by("pk")}
    return [
        PostHolder(
            post.pk, post.role, post.agency_id, stand_ins.get(post.pk, post.person), standing_in=post.pk in stand_ins
        )
        for post in posts
    ]
