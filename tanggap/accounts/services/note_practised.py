"""An exercise of training mode was done right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tanggap.accounts.models import PractisedExercise


@transaction.atomic
def note_practised(*, person_id: int, exercises: Iterable[str], now: datetime) -> list[str]:
    """Keep those that are new; returns them. Doing an exercise again changes nothing."""
    known = set(PractisedExercise.objects.filter(person_id=person_id).values_list("exercise", flat=True))
    new = [slug for slug in dict.fromkeys(exercises) if slug not in known]
    PractisedExercise.objects.bulk_create(
        (PractisedExercise(person_id=person_id, exercise=slug, done_at=now) for slug in new), ignore_conflicts=True
    )
    return new
