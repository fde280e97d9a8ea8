"""What a person has practised."""

from __future__ import annotations

from tanggap.accounts.models import PractisedExercise


def practised_by(person_id: int) -> set[str]:
    """The slugs of the exercises done."""
    return set(PractisedExercise.objects.filter(person_id=person_id).values_list("exercise", flat=True))
