"""Writing down what happened to a person and their posts: keys and codes, never a name or an address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Membership, Person
from tanggap.ledger.services.record import record


def record_about(person: Person, name: str, *, actor: Actor, at: datetime, data: dict[str, Any] | None = None) -> None:
    """An event in the person's own stream."""
    record(name, stream=person.key, actor=actor.key, at=at, data=data or {})


def post_data(membership: Membership) -> dict[str, Any]:
    """How events name a post."""
    return {"membership": membership.pk, "agency": membership.agency.code, "role": membership.role}


def lock_person(person_id: int) -> Person:
    """The row, locked until commit, so that two changes to one person follow each other."""
    return Person.objects.select_for_update().get(pk=person_id)
