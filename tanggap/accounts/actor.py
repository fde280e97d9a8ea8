"""Who is acting: the posts a request, a job or a channel may use, resolved once and then only read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from django.db.models import Q

from tanggap.accounts.models import Delegation, Membership, Person
from tanggap.accounts.roles import Role

Kind = Literal["public", "staff", "channel", "timer", "operator"]


@dataclass(frozen=True, slots=True)
class Grant:
    """One post: a role at an agency, whose `path` covers everything below it."""

    role: str
    agency_id: int
    path: str
    body_id: int | None
    membership_id: int
    delegated: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does something. `key` is how events name them; `reporter_of` the cases proved to be one's own.

    `posts` are the paths of every agency the person is posted at, delegations included: whom a case is about
    is kept from all of them, so that nobody reads a complaint about the own office by standing in for a colleague.
    `contacts` are addresses proved a short while ago, as kind (`email`, `phone`) and blind index.
    """

    key: str
    kind: Kind = "public"
    person_id: int | None = None
    grants: tuple[Grant, ...] = ()
    posts: tuple[str, ...] = ()
    reporter_of: frozenset[int] = field(default_factory=frozenset)
    contacts: tuple[tuple[str, bytes], ...] = ()

    @property
    def own_id(self) -> int:
        """The key of the acting person. Raises ValueError for whoever is none (the public, timers, channels)."""
        if self.person_id is None:
            raise ValueError("nobody in person")
        return self.person_id

    def has_role(self, *roles: str) -> bool:
        """Whether any post carries one of these roles."""
        return any(grant.role in roles for grant in self.grants)

    def grants_of(self, *roles: str) -> tuple[Grant, ...]:
        """The posts that carry one of these roles."""
        return tuple(grant for grant in self.grants if grant.role in roles)

    def proving(self, *case_ids: int) -> Actor:
        """The same actor after showing the secret code, or the sign-in, of these cases."""
        return replace(self, reporter_of=self.reporter_of | frozenset(case_ids))

    def known_by(self, contacts: Iterable[tuple[str, bytes]]) -> Actor:
        """The same actor after proving these addresses."""
        return replace(self, contacts=tuple(contacts))

    def through(self, *roles: str) -> Actor:
        """The same person with only the posts of these roles; whom they may not read about stays the same."""
        return replace(self, grants=self.grants_of(*roles))

    @property
    def is_staff(self) -> bool:
        """Whether there is any post at all."""
        return bool(self.grants)


PUBLIC = Actor(key="public")
TIMER = Actor(key="timer", kind="timer")
OPERATOR = Actor(key="operator", kind="operator")
"""Whoever runs `bin/tanggap` on the server: needs no post to make the first administrator."""


def channel_actor(channel: str) -> Actor:
    """A channel that brings somebody's words in."""
    return Actor(key=f"channel:{channel}", kind="channel")


def _active(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def _grant(membership: Membership, *, delegated: bool) -> Grant:
    agency = membership.agency
    return Grant(
        Role(membership.role).value, agency.pk, agency.path, agency.body_id, membership.pk, delegated=delegated
    )


def grants_for(person: Person, *, on: date) -> Iterable[Grant]:
    """The posts of a person on a day: the own ones, then those held for a colleague on leave."""
    own = Membership.objects.filter(_active(on), person=person).select_related("agency")
    yield from (_grant(membership, delegated=False) for membership in own)
    lent = Delegation.objects.filter(_active(on), to_person=person, membership__person__is_active=True)
    still_held = Q(membership__ends_on__isnull=True) | Q(membership__ends_on__gte=on)
    for delegation in lent.filter(still_held).select_related("membership__agency"):
        yield _grant(delegation.membership, delegated=True)


def actor_for(person: Person, *, on: date) -> Actor:
    """The actor a signed-in person is on a day. An inactive person is nobody."""
    if not person.is_active:
        return PUBLIC
    grants = tuple(grants_for(person, on=on))
    return Actor(
        key=person.key,
        kind="staff" if grants else "public",
        person_id=person.pk,
        grants=grants,
        posts=tuple(sorted({grant.path for grant in grants})),
    )
