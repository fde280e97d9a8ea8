"""Whose account can be erased at all."""

from __future__ import annotations

from tanggap.accounts.models import Person


def can_be_erased(person: Person) -> bool:
    """A citizen's; who ever acted for an office stays on record as long as the record."""
    return person.erased_at is None and not person.memberships.exists()
